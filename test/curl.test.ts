import { execFile } from "node:child_process";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { DOCUMENTED_NAMES as tls } from "./support/certificate.ts";
import { jpeg, serveFiles } from "./support/files.ts";
import { startTestGateway } from "./support/gateway.ts";
import { startReceiver } from "./support/receiver.ts";
import { serve } from "./support/server.ts";
import type { ShownSend } from "./support/shown.ts";

/** Word for word as the documentation has them. */
const CREATE = `curl -X POST http://localhost:5000/instances \\
  -H "Content-Type: application/json" \\
  -d '{"instanceId": "my-instance", "webhook": "https://your-webhook.com/events"}'`;
const QR = `curl http://localhost:5000/instances/my-instance/qr`;
const SEND_MESSAGE = `curl -X POST http://localhost:5000/instances/my-instance/sendMessage \\
  -H "Content-Type: application/json" \\
  -d '{"to": "5511999999999", "message": "Hello from API!"}'`;
const SEND_IMAGE = `curl -X POST http://localhost:5000/instances/my-instance/sendImage \\
  -H "Content-Type: application/json" \\
  -d '{"to": "5511999999999", "url": "https://example.com/image.jpg", "caption": "Check this out!"}'`;

/** Each name has a server of its own on this machine, on the port that its address means. */
const HOSTS: Readonly<Record<string, string>> = {
  "your-webhook.com": "127.0.0.2",
  "example.com": "127.0.0.3",
};

const HTTPS = 443;

/** Whether this process may listen on that port of that address at all. */
async function isFree(port: number, host: string): Promise<boolean> {
  try {
    await using _server = await serve(() => {}, { port, host });
    return true;
  } catch {
    return false;
  }
}

test("the documentation's curl lines work word for word against a fresh start", async (context) => {
  for (const host of Object.values(HOSTS)) {
    if (!(await isFree(HTTPS, host)))
      context.skip(`this process may not listen on ${host}:${HTTPS}`);
  }
  const picture = await jpeg();
  await using receiver = await startReceiver({ host: "127.0.0.2", port: HTTPS, tls });
  await using _files = await serveFiles(
    { "/image.jpg": { type: "image/jpeg", bytes: picture } },
    { host: "127.0.0.3", port: HTTPS, tls },
  );
  // As an operator's own authority: the certificates are checked like any other.
  setDefaultCACertificates([...getCACertificates("default"), tls.cert]);

  await using gateway = await startTestGateway({
    env: (await isFree(5000, "127.0.0.1")) ? { PORT: "5000" } : {},
    overrides: {
      resolve: async (name) => [{ address: HOSTS[name] ?? "203.0.113.1", family: 4 }],
    },
  });
  const curl = async <T>(line: string): Promise<T> => {
    const here = line.replace("localhost:5000", `localhost:${new URL(gateway.url).port}`);
    const { stdout } = await promisify(execFile)("bash", ["-c", here]);
    return JSON.parse(stdout) as T;
  };
  const customer = await gateway.wa.account("5511999999999");
  const shop = await gateway.wa.account("5511999990001");

  const created = await curl<{ webhook: { secret: string } }>(CREATE);
  expect(created).toMatchObject({
    instanceId: "my-instance",
    status: expect.any(String) as string,
    webhook: { url: "https://your-webhook.com/events" },
  });
  receiver.trust(created.webhook.secret);

  const qr = await curl<{ qr: string; image: string }>(QR);
  expect(qr).toMatchObject({ instanceId: "my-instance" });
  expect(qr.image).toMatch(/^data:image\/png;base64,/);
  await shop.link(qr);
  await gateway.reaches("my-instance", "OPEN");
  await receiver.event("connection.open");

  const text = await curl<ShownSend>(SEND_MESSAGE);
  const sent = await customer.waitFor(({ id }) => id === text.messageId);
  expect(sent).toMatchObject({ from: shop.phone, text: "Hello from API!" });
  expect(text).toMatchObject({ to: customer.jid, timestamp: expect.any(String) as string });
  await receiver.event("message.sent", ({ data }) => data.message?.id === text.messageId);

  const image = await curl<ShownSend>(SEND_IMAGE);
  const seen = await customer.waitFor(({ id }) => id === image.messageId);
  expect(seen).toMatchObject({ type: "image", caption: "Check this out!" });
  expect(seen.bytes?.equals(picture)).toBe(true);

  await customer.send(shop.phone, { text: "Hello yourself!" });
  const event = await receiver.event("message.received");
  expect(event.data.message).toMatchObject({ text: "Hello yourself!" });
});
