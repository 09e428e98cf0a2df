import { once } from "node:events";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { IncomingMessage } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { startTestGateway } from "../support/gateway.ts";
import { makeKey } from "./made-key.ts";

test("a socket that was opened before its key was revoked gets no further", async () => {
  await using gateway = await startTestGateway();
  const key = await makeKey(gateway, { scopes: ["keys:admin"] });
  const url = `${gateway.url.replace("http", "ws")}/graphql`;
  const { headers } = key;
  const socket = new WebSocket(url, "graphql-transport-ws", { headers });
  await once(socket, "open");
  await gateway.delete(`/keys/${key.id}`);
  const heard: string[] = [];
  socket.on("message", (data: Buffer) => void heard.push(data.toString()));
  socket.send(JSON.stringify({ type: "connection_init" }));
  const [code] = (await once(socket, "close")) as [number];
  expect([code, heard]).toEqual([4403, []]);
});

test("a request whose body was still on its way when the key was revoked changes nothing", async () => {
  await using gateway = await startTestGateway();
  const key = await makeKey(gateway, { scopes: ["instances:write"] });
  const body = JSON.stringify({ instanceId: "late" });
  const sending = request(`${gateway.url}/instances`, {
    method: "POST",
    headers: { ...key.headers, "content-type": "application/json", "content-length": body.length },
  });
  sending.write(body.slice(0, 5));
  // It is in when what comes behind it is answered.
  expect((await gateway.get("/instances")).status).toBe(200);
  await gateway.delete(`/keys/${key.id}`);
  sending.end(body.slice(5));
  const [reply] = (await once(sending, "response")) as [IncomingMessage];
  expect([reply.statusCode, await text(reply)]).toEqual([
    401,
    expect.stringContaining("not valid any more"),
  ]);
  expect((await gateway.get("/instances")).body).toEqual([]);
});

test("an answer that is waited for is not given to a key that is over", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", "15550000001");
  await gateway.wa.account("15550000002");
  gateway.wa.fault({ kind: "noDelivery", phone: "15550000001" });
  const key = await makeKey(gateway, { scopes: ["messages:send"] });
  const waiting = key.calls.post("/graphql", {
    query: `mutation { sendText(input: {instanceId: "me", to: "15550000002", text: "hi",
      waitFor: DELIVERED, waitTimeoutMs: 30000}) { __typename } }`,
  });
  await gateway.event("me", "message.sent");
  const began = performance.now();
  await gateway.delete(`/keys/${key.id}`);
  expect((await waiting).status).toBe(401);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test("a key that was given more in the database opens nothing", async () => {
  await using gateway = await startTestGateway();
  const key = await makeKey(gateway, { scopes: ["instances:read"] });
  const other = await makeKey(gateway, { scopes: ["instances:read"] });
  await gateway.delete(`/keys/${other.id}`);
  await gateway.stop();
  {
    using database = new DatabaseSync(join(gateway.dataDir, "wagraph.db"));
    database.exec(`UPDATE "ApiKey" SET scopes = '["keys:admin"]' WHERE id = '${key.id}';
      UPDATE "ApiKey" SET "revokedAt" = NULL WHERE id = '${other.id}'`);
  }
  await gateway.start();
  expect((await key.calls.get("/keys")).status).toBe(401);
  expect((await other.calls.get("/instances")).status).toBe(401);
  const said = gateway.lines.filter(({ msg }) => msg.includes("changed in the database"));
  expect(said.map((line) => line["keyId"])).toEqual([key.id, other.id]);
});
