import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { atMost, type Figure } from "../figures.ts";
import { type Gateway, startGateway } from "../gateway.ts";
import { peakRss, rssOf } from "../memory.ts";

const BENCH = "hostile requests";

/** So soon it is refused (milliseconds), and so much memory it may cost (MB). */
const AIM_MS = 50;
const AIM_MB = 20;

const ROUNDS = 9;
const MB = 1024 * 1024;

/** Resolves when the gateway has said no. @throws Error when it did not */
type Attack = (gateway: Gateway) => Promise<void>;

const query = (text: string): Buffer => Buffer.from(JSON.stringify({ query: text }));

const ATTACKS: Readonly<Record<string, Attack>> = {
  "10,000 aliases": posts(
    query(`{ ${Array.from({ length: 10_000 }, (_, index) => `a${index}:version`).join(" ")} }`),
  ),
  "2,000 levels": posts(query(`{ ${"a { ".repeat(2_000)} b ${"} ".repeat(2_000)} }`)),
  "a body of 20 MB": posts(Buffer.alloc(20 * MB, 0x20)),
  "50,000 operations on a socket": pours(
    Array.from({ length: 50_000 }, (_, index) =>
      JSON.stringify({
        id: String(index),
        type: "subscribe",
        payload: { query: "subscription { events { __typename } }" },
      }),
    ),
  ),
  "a frame of 50 MB": pours([" ".repeat(50 * MB)]),
};

/** What is meant to hurt is turned away at once and costs next to nothing. */
export async function hostileRequests(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-bench-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const gateway = stack.use(await startGateway({ DATA_DIR: dataDir }));

  const figures: Figure[] = [];
  for (const [name, attack] of Object.entries(ATTACKS)) {
    // The first round compiles what it meets.
    await attack(gateway);
    await sleep(500);
    const before = rssOf(gateway);
    const times: number[] = [];
    const peak = await peakRss(gateway, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const begun = performance.now();
        await attack(gateway);
        times.push(performance.now() - begun);
      }
    });
    const ms = Math.round(times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN);
    const mb = Math.round(peak - before);
    figures.push(
      {
        bench: BENCH,
        figure: `${name}: refused after`,
        value: ms,
        unit: "ms",
        ...atMost(AIM_MS, ms),
      },
      { bench: BENCH, figure: `${name}: memory`, value: mb, unit: "MB", ...atMost(AIM_MB, mb) },
    );
  }
  return figures;
}

function posts(body: Buffer): Attack {
  return async ({ url }) => {
    const outgoing = request(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "content-length": body.length },
      agent: false,
    });
    // It is cut off while it still sends; what counts is that it was answered first.
    outgoing.on("error", () => {});
    outgoing.end(body);
    const [response] = (await once(outgoing, "response")) as [import("node:http").IncomingMessage];
    const { errors, data } = JSON.parse(
      Buffer.concat((await response.toArray()) as Buffer[]).toString(),
    ) as { readonly errors?: readonly object[]; readonly data?: unknown };
    outgoing.destroy();
    if (!errors?.length || data !== undefined) throw new Error("it was not refused");
  };
}

/** Messages on one socket, as fast as it takes them: they are made beforehand, so that it is the gateway's time that is measured. */
function pours(messages: readonly string[]): Attack {
  const bytes = Buffer.concat(messages.map(frameOf));
  return async ({ url }) => {
    const { socket, wire } = await openSocket(url);
    wire.write(bytes);
    await closed(socket);
  };
}

/** RFC 6455, 5.2: a text frame whose mask is zeros, so that its bytes stand as they are. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(14);
  head[0] = 0x81;
  head[1] = 0x80 | 127;
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

async function openSocket(url: string): Promise<{ socket: WebSocket; wire: Socket }> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  socket.on("error", () => {});
  const [[{ socket: wire }]] = (await Promise.all([
    once(socket, "upgrade"),
    once(socket, "open"),
  ])) as [[{ readonly socket: Socket }], unknown];
  socket.send(JSON.stringify({ type: "connection_init" }));
  await once(socket, "message");
  return { socket, wire };
}

/** Resolves when its goodbye has come, or the connection is gone. */
async function closed(socket: WebSocket): Promise<void> {
  while (socket.readyState === WebSocket.OPEN) await setImmediate();
  socket.terminate();
}
