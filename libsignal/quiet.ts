import { getCallSites } from "node:util";

const PRINTING = ["debug", "info", "log", "warn", "error"] as const;

/**
 * libsignal prints whole sessions, private keys included, to the console on ordinary traffic
 * ("Closing session: …"). What its modules print is dropped; every other caller prints as before.
 * The caller is looked up per call, so it does not matter who loaded libsignal first.
 */
function silence(): void {
  for (const level of PRINTING) {
    const print = globalThis.console[level].bind(globalThis.console);
    globalThis.console[level] = (...values: readonly unknown[]): void => {
      if (!isLibsignal(getCallSites(2)[1]?.scriptName)) print(...values);
    };
  }
}

function isLibsignal(script: string | undefined): boolean {
  return script !== undefined && /[\\/]node_modules[\\/]libsignal[\\/]/.test(script);
}

silence();
