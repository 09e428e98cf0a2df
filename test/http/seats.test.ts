import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import type { Access } from "../../src/access/access.ts";
import { type Caller, UNBOUND } from "../../src/domain/caller.ts";
import { eventually } from "../support/eventually.ts";
import { openDoor } from "./door.ts";

const caller: Caller = {
  name: "a key",
  keyId: "k",
  scopes: null,
  instances: null,
  bounds: UNBOUND,
  ended: new AbortController().signal,
};
const access: Access = {
  keyed: true,
  authenticate: () => ({ caller, rate: null, bySession: false }),
  signIn: () => undefined,
  signOut: () => undefined,
};

const SSE = { accept: "text/event-stream", "graphql-require-preflight": "1" };
const PATH = `/graphql?query=${encodeURIComponent("subscription { silence }")}`;

test("sockets and streams of a key are counted together, and one too many is refused and leaves nothing behind", async () => {
  await using door = await openDoor({ access, streamsPerKey: 2 });
  const open = async () => {
    const request = get(`${door.url}${PATH}`, { headers: SSE });
    request.on("error", () => undefined);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return { request, response };
  };
  const first = await open();
  expect(first.response.statusCode).toBe(200);
  const socket = door.socket();
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "connection_init" }));
  await once(socket, "message");

  const { response } = await open();
  expect(response.statusCode).toBe(429);
  expect(response.headers["retry-after"]).toBe("5");
  expect(Buffer.concat((await response.toArray()) as Buffer[]).toString()).toContain("at most 2");
  await eventually(
    () => (door.seen.running === 1 ? true : undefined),
    () => `${door.seen.running} streams run`,
  );
  const late = door.socket();
  await once(late, "open");
  late.send(JSON.stringify({ type: "connection_init" }));
  expect((await once(late, "close"))[0]).toBe(1013);

  first.request.destroy();
  const again = async () => {
    const next = await open();
    const { statusCode } = next.response;
    if (statusCode === 200) return next;
    next.request.destroy();
    return undefined;
  };
  const next = await eventually(again, () => "the seat was not given back");
  next.request.destroy();
  socket.terminate();
});
