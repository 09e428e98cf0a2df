import { parseArgs } from "node:util";
import { startSimulator } from "./simulator.ts";

/** @throws {Error} that says what was wrong with the words after `npm run simulator --`. */
function portOf(words: readonly string[]): number {
  const options = { port: { type: "string", default: "4600" } } as const;
  const { port } = parseArgs({ args: [...words], options }).values;
  if (/^\d+$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new Error(`--port must be a number from 0 to 65535, not "${port}".`);
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code !== "EADDRINUSE") return error.message;
  return `Port ${port} is in use, perhaps by another simulator: stop that, or add --port 4601.`;
}

try {
  const simulator = await startSimulator({ port: portOf(process.argv.slice(2)) });
  console.log(`WhatsApp simulator on ${simulator.url}, control API on ${simulator.controlUrl}`);
  console.log(`Start the gateway on it:  WHATSAPP_URL=${simulator.url} npm start`);
  const stop = (): void => void simulator[Symbol.asyncDispose]();
  process.once("SIGINT", stop).once("SIGTERM", stop);
} catch (error) {
  console.error(`The simulator did not start. ${inWords(error)}`);
  process.exitCode = 1;
}
