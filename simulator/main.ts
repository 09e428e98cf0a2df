import { parseArgs } from "node:util";
import { startSimulator } from "./simulator.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "4600" } } });
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error(`--port must be a number from 0 to 65535, not "${values.port}"`);
  process.exit(1);
}

const simulator = await startSimulator({ port }).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
console.log(`WhatsApp simulator on ${simulator.url}, control API on ${simulator.controlUrl}`);

async function stop(): Promise<void> {
  await simulator[Symbol.asyncDispose]();
}
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());
