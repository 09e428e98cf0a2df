import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { writePast } from "../../chaos/past.ts";
import { atMost, type Figure } from "../figures.ts";
import { type Gateway, startGateway } from "../gateway.ts";
import { rssOf } from "../memory.ts";

const BENCH = "stalled subscribers";

/** How much memory they may cost altogether, in MB. */
const GROWTH_AIM = 64;

/** A caller beside them is answered within this time, also while all of them are cut off (milliseconds). */
const ANSWER_AIM_MS = 250;

/** What was sent to a socket that nobody reads has filled its buffers when memory has been still for so long (milliseconds). */
const STILL_MS = 3_000;

const SUBSCRIBE = JSON.stringify({
  id: "1",
  type: "subscribe",
  payload: {
    query: `subscription { events(after: "earliest") {
      __typename
      ... on EventDelivery { cursor event { id type ... on MessageReceived { message { id text chat { id } } } } }
    } }`,
  },
});

/**
 * Programs that subscribe to everything the log holds and then read nothing: their sockets fill up, and
 * the gateway has to wait for each instead of keeping its events.
 */
export async function stalledSubscribers(
  count: number,
  events: number,
): Promise<readonly Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-bench-"));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  {
    await using _made = await startGateway({ DATA_DIR: dataDir });
  }
  writePast(dataDir, events);
  const gateway = stack.use(await startGateway({ DATA_DIR: dataDir }));
  // What any subscriber costs is no matter of the stalled ones.
  await drain(await subscribe(gateway));
  const before = await settled(gateway);

  const sockets = await Promise.all(Array.from({ length: count }, () => subscribe(gateway)));
  for (const socket of sockets) socket.pause();
  let peak = 0;
  const after = await settled(gateway, (rss) => (peak = Math.max(peak, rss)));
  const beside = await answerMs(gateway);
  for (const socket of sockets) socket.terminate();
  const cutOff = await answerMs(gateway);
  const growth = Math.round(after - before);
  return [
    figure("memory before", Math.round(before), "MB"),
    { ...figure("memory they cost", growth, "MB"), ...atMost(GROWTH_AIM, growth) },
    figure("most memory meanwhile", Math.round(peak), "MB"),
    { ...figure("an answer beside them", beside, "ms"), ...atMost(ANSWER_AIM_MS, beside) },
    { ...figure("an answer when all are cut off", cutOff, "ms"), ...atMost(ANSWER_AIM_MS, cutOff) },
  ];
}

function figure(name: string, value: number, unit: string): Figure {
  return { bench: BENCH, figure: name, value, unit };
}

/** Resolves once the first event has come. */
function subscribe({ url }: Gateway): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    socket.once("error", reject);
    socket.once("open", () => socket.send(JSON.stringify({ type: "connection_init" })));
    socket.on("message", (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { readonly type: string };
      if (type === "connection_ack") socket.send(SUBSCRIBE);
      if (type === "next") resolve(socket);
    });
  });
}

/** Reads some thousand events, so that everything is compiled and loaded. */
async function drain(socket: WebSocket): Promise<void> {
  let left = 5_000;
  await new Promise<void>((resolve) => {
    socket.on("message", () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
  socket.terminate();
}

async function settled(gateway: Gateway, seen: (rss: number) => void = () => {}): Promise<number> {
  let still = Date.now();
  let last = rssOf(gateway);
  while (Date.now() - still < STILL_MS) {
    await sleep(100);
    const rss = rssOf(gateway);
    seen(rss);
    // The collector breathes: a few megabytes either way are stillness.
    if (Math.abs(rss - last) > 4) [last, still] = [rss, Date.now()];
  }
  return rssOf(gateway);
}

async function answerMs({ url }: Gateway): Promise<number> {
  const begun = performance.now();
  await (await fetch(`${url}/livez`)).text();
  return Math.round(performance.now() - begun);
}
