import { importBaileys } from "./commands/import-baileys.ts";
import { rotateKey } from "./commands/rotate-key.ts";
import { serve } from "./commands/serve.ts";
import { verifyAudit } from "./commands/verify-audit.ts";
import type { Config } from "./config.ts";
import { readConfig } from "./config.ts";

type Command = (config: Config, args: readonly string[]) => Promise<string | undefined | void>;

/** Each says at its end what it has done, if that is worth a line. */
const COMMANDS: Readonly<Record<string, Command>> = {
  serve,
  "rotate-key": rotateKey,
  "verify-audit": verifyAudit,
  "import-baileys": importBaileys,
};

/** What is written is for this user alone: keys, messages and their attachments are in it. */
const OURS_ALONE = 0o077;

async function run(name = "serve"): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    throw new Error(
      `There is no command "${name}". There are: ${Object.keys(COMMANDS).join(", ")}.`,
    );
  }
  process.umask(OURS_ALONE);
  const said = await command(readConfig(process.env), process.argv.slice(3));
  if (said !== undefined) process.stdout.write(`${said}\n`);
}

/** What cannot be done: one message that says what to do, and no stack. */
function refuse(error: unknown): void {
  process.exitCode = 1;
  const did = process.argv[2] === undefined ? "wagraph did not start. " : "";
  process.stderr.write(`${did}${error instanceof Error ? error.message : String(error)}\n`);
}

try {
  await run(process.argv[2]);
} catch (error) {
  refuse(error);
}
// Everything is closed and written by now. Baileys leaves timers of up to a minute behind that would keep us waiting.
process.exit();
