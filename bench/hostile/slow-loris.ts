import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Figure } from "../figures.ts";
import { type Gateway, startGateway } from "../gateway.ts";

const BENCH = "slow loris";

/** How much slower a healthy caller may be beside them. */
const AIM_RATIO = 2;

const CALLS = 3_000;

/** Sockets that send a request letter by letter, and never its end. */
export async function slowLoris(count: number): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-bench-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const gateway = stack.use(await startGateway({ DATA_DIR: dataDir }));

  await healthy(gateway);
  const alone = await healthy(gateway);
  const sockets = await Promise.all(Array.from({ length: count }, () => slow(gateway)));
  const drip = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write("x");
  }, 1_000);
  const beside = await healthy(gateway);
  const open = sockets.filter(({ destroyed }) => !destroyed).length;
  clearInterval(drip);
  for (const socket of sockets) socket.destroy();
  const ratio = Math.round((beside / alone) * 100) / 100;
  return [
    {
      bench: BENCH,
      figure: "p99 of a healthy caller",
      value: beside,
      unit: "ms",
      reference: alone,
      ratio,
      aim: `<= ${AIM_RATIO} times`,
      met: ratio <= AIM_RATIO,
    },
    { bench: BENCH, figure: "slow sockets at its end", value: open, unit: "count" },
  ];
}

async function slow({ url }: Gateway): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write("POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-");
  return socket;
}

/** The 99th percentile of calls made one after the other, in milliseconds. */
async function healthy({ url }: Gateway): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const body = JSON.stringify({ query: "{ version }" });
  const headers = { "content-type": "application/json", "content-length": body.length };
  const times: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const begun = performance.now();
    const outgoing = request(`${url}/graphql`, { method: "POST", agent, headers });
    outgoing.end(body);
    const [response] = (await once(outgoing, "response")) as [import("node:http").IncomingMessage];
    await response.toArray();
    times.push(performance.now() - begun);
  }
  agent.destroy();
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(CALLS * 0.99)] ?? Number.NaN;
  return Math.round(p99 * 100) / 100;
}
