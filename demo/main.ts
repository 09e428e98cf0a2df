import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../simulator/index.ts";
import { readConfig } from "../src/config.ts";
import { startGateway } from "../src/gateway.ts";
import { createLog } from "../src/lib/log.ts";
import { stopSignal } from "../src/lib/stop-signal.ts";
import { keepAnswering, keepWriting } from "./contact.ts";
import { startReceiver } from "./receiver.ts";
import { eventLine, waysToLookAround } from "./words.ts";

const OWNER = "5511999990001";
const CONTACT = "5511999999999";

/** Long enough to see that there is a QR code, in milliseconds. */
const LOOK_AT_QR_MS = 2_000;

/** Gateway, simulated WhatsApp, a contact and a webhook receiver in one process, until the signal. */
async function demo(over: AbortSignal): Promise<void> {
  const { PORT } = process.env;
  // Judged before anything is started: a bad PORT is one message, and leaves no folder behind.
  readConfig({ PORT });
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-demo-"));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));

  const whatsapp = stack.use(await startSimulator());
  const owner = await whatsapp.account(OWNER, { name: "My shop" });
  const contact = await whatsapp.account(CONTACT, { name: "Ana" });
  const receiver = stack.use(await startReceiver((event) => console.log(eventLine(event))));
  const config = readConfig({
    PORT,
    DATA_DIR: dataDir,
    WHATSAPP_URL: whatsapp.url,
    LOG_LEVEL: "warn",
  });
  const log = createLog(config.logLevel);
  const { url } = stack.use(await startGateway(config, log, { simulator: whatsapp.control }));
  console.log(
    `The dashboard is at ${url}/dashboard/, its page Phones has a simulated WhatsApp. No phone is needed.`,
  );

  const created = await fetch(`${url}/instances`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ instanceId: "demo", webhook: receiver.url }),
    signal: over,
  });
  const { webhook } = (await created.json()) as { webhook: { secret: string } };

  const drawn = await fetch(`${url}/instances/demo/qr?format=text`, { signal: over });
  console.log(`The instance "demo" shows its QR code to the phone:\n\n${await drawn.text()}`);
  await sleep(LOOK_AT_QR_MS, undefined, { signal: over });
  const shown = await fetch(`${url}/instances/demo/qr`, { signal: over });
  const { qr } = (await shown.json()) as { qr: string };
  await owner.link({ qr });
  console.log(`The simulated phone ${OWNER} has scanned it, and the instance is linked.\n`);
  console.log(waysToLookAround(url, CONTACT));
  console.log(`${contact.name} (${CONTACT}) writes every few seconds. Webhooks, each verified:\n`);
  // Told only now, so that the events, which wait for it, are printed below all that is to be read.
  receiver.trust(webhook.secret);

  await Promise.all([keepWriting(contact, OWNER, over), keepAnswering(contact, OWNER, over)]);
}

const over = stopSignal();
try {
  await demo(over);
} catch (error) {
  if (!over.aborted) {
    console.error(`The demo ended. ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
if (over.aborted) console.log("\nStopped. Nothing is kept.");
// Baileys' own timers would hold the process for half a minute more.
process.exit();
