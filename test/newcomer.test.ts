import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSimulator } from "../simulator/index.ts";
import { outputOf, startCommand } from "./support/command.ts";
import { jpeg, serveFiles } from "./support/files.ts";
import { freshCopy } from "./support/fresh-copy.ts";
import { openReadme } from "./support/readme.ts";
import { subscribe } from "./support/subscription.ts";

/** npm, the generation of the database client and the first start, on a busy machine (milliseconds). */
const PATIENCE_MS = 60_000;

const OWNER = "5511999990001";
const CONTACT = "5511999999999";

const readme = openReadme();
const around = new AsyncDisposableStack();
let home: string;

beforeAll(async () => {
  home = around.use(await freshCopy()).path;
}, PATIENCE_MS);
afterAll(() => around.disposeAsync());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The lines of the gateway itself; npm's announcement of what it runs stands before them. */
function logOf(stdout: readonly string[]): unknown[] {
  const lines = stdout.filter((line) => line !== "" && !line.startsWith("> "));
  return lines.map((line) => JSON.parse(line) as unknown);
}

test(
  "the first five minutes, word for word",
  async () => {
    await using wa = await startSimulator();
    const phone = await wa.account(OWNER, { name: "My shop" });
    const contact = await wa.account(CONTACT, { name: "Ana" });
    await using pictures = await serveFiles({
      "/image.jpg": { type: "image/jpeg", bytes: await jpeg() },
    });
    const [port, receiverPort] = [await freePort(), await freePort()];
    /** Nothing is changed but what cannot be the same in a test: ports, and a picture on the internet. */
    const block = (words: string): string =>
      readme
        .block(words)
        .replaceAll("localhost:5000", `localhost:${port}`)
        .replaceAll(/(localhost:|listen\()3000/g, `$1${receiverPort}`)
        .replaceAll("https://example.com", pictures.url);
    const curl = async <T>(line: string): Promise<T> => JSON.parse(await outputOf(line, home)) as T;
    const open = async (): Promise<void> => {
      await expect
        .poll(() => curl(`curl http://localhost:${port}/instances/my-instance/status`), {
          timeout: 10_000,
        })
        .toMatchObject({ status: "OPEN", phoneNumber: OWNER });
    };

    const [, start = ""] = block("git clone").split("cd wagraph &&");
    const env = { PORT: String(port), WHATSAPP_URL: wa.url };
    await using first = startCommand(start, { cwd: home, env });
    await first.line("wagraph is listening");

    const created = await curl<{ status: string; webhook: { secret: string } }>(
      block('"webhook": "http'),
    );
    expect(created.status).toBe("CONNECTING");

    await writeFile(join(home, "receiver.mjs"), block("createServer"));
    await using receiver = startCommand("node receiver.mjs", {
      cwd: home,
      env: { WEBHOOK_SECRET: created.webhook.secret },
    });
    const scan = block("qr?format=text");
    expect(await outputOf(scan, home)).toMatch(/█▀/);
    const { qr } = await curl<{ qr: string }>(scan.replace("?format=text", ""));
    await phone.link({ qr });
    await open();

    await using live = startCommand(block("text/event-stream"), { cwd: home });
    await using socket = subscribe<{
      events: { event?: { type: string; message?: { text: string } } };
    }>(`http://localhost:${port}`, block("subscription"));
    // Where each of them stands in the log comes first: from then on nothing is missed.
    await live.line("id: ");
    await socket.next();
    await contact.send(OWNER, { text: "Good morning" });
    expect(await live.line("Good morning")).toContain("message.received");
    expect((await socket.next()).events.event).toMatchObject({
      type: "message.received",
      message: { text: "Good morning", sender: { name: "Ana" } },
    });
    await receiver.line("message.received Good morning");

    for (const line of block("sendMessage").split(/^(?=curl )/m)) {
      // The simulated phone may be quicker with its receipt than the answer is written.
      const { status } = await curl<{ status: string }>(line);
      expect(["SERVER_ACK", "DELIVERED"]).toContain(status);
    }
    await contact.waitFor(({ text }) => text === "Hello from API!");
    await contact.waitFor(({ caption }) => caption === "Check this out!");
    await receiver.line("message.sent Hello from API!");

    first.signal("SIGTERM");
    await first.exited;
    expect(logOf(first.stdout).at(-1)).toMatchObject({ msg: "stopped" });
    await contact.send(OWNER, { text: "Are you there?" });

    await using second = startCommand(start, { cwd: home, env });
    await second.line("wagraph is listening");
    await open();
    await receiver.line("message.received Are you there?");
    second.signal("SIGINT");
    await second.exited;

    for (const line of [...logOf(first.stdout), ...logOf(second.stdout)]) {
      expect(line).toMatchObject({ level: 30, msg: expect.any(String) as string });
    }
    expect(wa.stats.duplicates).toBe(0);
  },
  PATIENCE_MS,
);

test(
  "a demo that needs no phone, and stops at once",
  async () => {
    await using demo = startCommand(readme.block("npm run demo"), {
      cwd: home,
      env: { PORT: String(await freePort()) },
    });
    await demo.line("message.received");
    const asked = performance.now();
    demo.signal("SIGINT");
    await demo.exited;
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(demo.stdout.at(-1)).toBe("Stopped. Nothing is kept.");
  },
  PATIENCE_MS,
);

test("every variable that the README names is read, and every link leads somewhere", () => {
  const [, table = ""] = readme.text.split("## Configuration");
  const names = [...table.matchAll(/`([A-Z][A-Z_]{3,})`/g)].map(([, name = ""]) => name);
  expect(names).toContain("API_KEY");
  const config = readFileSync(join(home, "src/config.ts"), "utf8");
  expect(names.filter((name) => !config.includes(`"${name}"`))).toEqual([]);

  const links = [...readme.text.matchAll(/\]\(([^):]+)\)/g)].map(([, path = ""]) => path);
  expect(links.filter((path) => !existsSync(join(home, path)))).toEqual([]);
});

test("no block of the README is left untried", () => {
  expect(readme.untried).toEqual([]);
});
