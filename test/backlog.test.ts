import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { writePast } from "../chaos/past.ts";
import { openDatabase } from "../src/store/database.ts";
import { startTestGateway } from "./support/gateway.ts";
import { tempDir } from "./support/temp-database.ts";

/** What a socket that nobody reads takes until its buffers are full is far less than this. */
const EVENTS = 8_000;
const TEXT = "a long story ".repeat(400);

const FOLLOW = `subscription { events(after: "earliest") {
  ... on EventDelivery { event { ... on MessageReceived { message { text } } } } } }`;

/** Resolves with a socket that has heard one event and hears no more. */
function stalled(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.once("error", reject);
    socket.once("open", () => socket.send(JSON.stringify({ type: "connection_init" })));
    socket.on("message", (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { readonly type: string };
      if (type === "connection_ack")
        socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: FOLLOW } }));
      if (type !== "next") return;
      socket.pause();
      resolve(socket);
    });
  });
}

test("a subscriber that stalls is waited for, and when it dies at most one page is read for it", async () => {
  using dir = tempDir();
  {
    await using _made = await startTestGateway({ dataDir: dir.path });
  }
  writePast(dir.path, EVENTS, TEXT);
  let pages = 0;
  await using gateway = await startTestGateway({
    dataDir: dir.path,
    overrides: {
      async openDatabase(options) {
        const database = await openDatabase(options);
        const read = new Proxy(database.read, {
          get(target, name) {
            const part: unknown = Reflect.get(target, name);
            if (name !== "$queryRaw") return part;
            return (...args: Parameters<typeof target.$queryRaw>) => {
              if (JSON.stringify(args).includes('FROM \\"Event\\"')) pages += 1;
              return target.$queryRaw(...args);
            };
          },
        });
        return { ...database, read };
      },
    },
  });
  const sockets = await Promise.all([stalled(gateway.url), stalled(gateway.url)]);
  let last = -1;
  await expect
    .poll(
      () => {
        const isStill = pages === last;
        last = pages;
        return isStill;
      },
      { interval: 300, timeout: 15_000 },
    )
    .toBe(true);
  const all = (EVENTS / 50) * sockets.length;
  expect(pages).toBeGreaterThan(sockets.length);
  expect(pages).toBeLessThan(all * 0.75);

  for (const socket of sockets) socket.terminate();
  await expect.poll(() => gateway.get("/livez"), { timeout: 1_000 }).toMatchObject({ status: 200 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(pages - last).toBeLessThanOrEqual(sockets.length);
});
