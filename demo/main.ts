import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startSimulator } from "../simulator/index.ts";
import { readConfig } from "../src/config.ts";
import { startGateway } from "../src/gateway.ts";
import { createLog } from "../src/lib/log.ts";
import { keepAnswering, keepWriting } from "./contact.ts";
import { startReceiver } from "./receiver.ts";

const OWNER = "5511999990001";
const CONTACT = "5511999999999";

/** Long enough to see that there is a QR code, in milliseconds. */
const LOOK_AT_QR_MS = 2_000;

/** Gateway, simulated WhatsApp, a contact and a webhook receiver in one process, until Ctrl+C. */
async function demo(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-demo-"));
  const over = new AbortController();
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));

  const whatsapp = stack.use(await startSimulator());
  const owner = await whatsapp.account(OWNER, { name: "My shop" });
  const contact = await whatsapp.account(CONTACT, { name: "Ana" });
  const receiver = stack.use(
    await startReceiver(({ type, data }) => {
      const { message } = data;
      const words = message?.text ? `  ${message.sender?.name ?? "me"}: ${message.text}` : "";
      console.log(`webhook, verified: ${type.padEnd(18)}${words}`);
    }),
  );

  const { PORT } = process.env;
  const config = readConfig({
    PORT,
    DATA_DIR: dataDir,
    WHATSAPP_URL: whatsapp.url,
    LOG_LEVEL: "warn",
  });
  const gateway = stack.use(await startGateway(config, createLog(config.logLevel)));
  const { url } = gateway;

  const created = await fetch(`${url}/instances`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ instanceId: "demo", webhook: receiver.url }),
  });
  const { webhook } = (await created.json()) as { webhook: { secret: string } };
  receiver.trust(webhook.secret);

  const drawn = await fetch(`${url}/instances/demo/qr?format=text`);
  console.log(`The instance "demo" waits for its QR code to be scanned:\n\n${await drawn.text()}`);
  await sleep(LOOK_AT_QR_MS);
  const { qr } = (await (await fetch(`${url}/instances/demo/qr`)).json()) as { qr: string };
  await owner.link({ qr });
  console.log(
    `The simulated phone ${OWNER} has scanned it. ${contact.name} (${CONTACT}) starts to write.\n`,
  );
  console.log(`GraphiQL        ${url}/graphql`);
  console.log(`WhatsApp        ${whatsapp.controlUrl} (simulated; see docs/simulator.md)\n`);
  console.log(instructions(url));

  const chat = [
    keepWriting(contact, OWNER, over.signal),
    keepAnswering(contact, OWNER, over.signal),
  ];
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), ...chat]);
  over.abort();
  await Promise.all(chat);
}

function instructions(url: string): string {
  return `Paste these into another terminal:

  curl ${url}/instances/demo/status
  curl -N -H "Accept: text/event-stream" ${url}/events
  curl -X POST ${url}/instances/demo/sendMessage -H "Content-Type: application/json" -d '{"to": "${CONTACT}", "message": "Hello from API!"}'

Ctrl+C stops everything. What the webhook receiver gets:
`;
}

await demo();
