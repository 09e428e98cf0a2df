import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

test.for([
  ["no WhatsApp stream", Buffer.from("hello world")],
  ["a hello that is no message", Buffer.from("WA\x06\x03\x00\x00\x04junk", "latin1")],
  ["a hello without a key", Buffer.from("WA\x06\x03\x00\x00\x00", "latin1")],
] as const)("%s closes that socket and no other", async ([, bytes]) => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = await Client.linked(wa, me);
  const socket = new WebSocket(wa.url);
  await once(socket, "open");
  const closed = once(socket, "close");
  socket.send(bytes);
  await closed;
  expect(wa.stats["junk"]).toBe(1);
  await client.socket.onWhatsApp("5511999990001");
});

test("a stanza that makes no sense closes that socket and is counted", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = await Client.linked(wa, me);
  const closed = client.closed();
  const content = [{ tag: "list", attrs: {}, content: [] }];
  await client.socket.sendNode({ tag: "iq", attrs: { xmlns: "encrypt", type: "set" }, content });
  await closed;
  expect(wa.stats["junk"]).toBe(1);
  const opened = client.opened();
  client.connect();
  await opened;
});

test("a connection that is reset during the upgrade harms nobody", async () => {
  await using wa = await startSimulator();
  const { port } = new URL(wa.controlUrl);
  const socket = connect(Number(port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(
    "GET /ws/chat HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
  );
  socket.resetAndDestroy();
  const response = await fetch(`${wa.controlUrl}/stats`);
  expect(response.status).toBe(200);
});
