import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErrorReply, Reply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { startReceiver } from "./support/receiver.ts";
import type { ShownEvent, ShownInstance, ShownSend } from "./support/shown.ts";

const ALICE = "5511999990001";
const BOB = "5511999990002";

/** The smallest picture there is: one transparent pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const refusal = (code: string) => ({ error: { code, message: expect.any(String) as string } });

test("an instance is made, linked and seen to be open", async () => {
  await gateway.linked("shop", ALICE);
  expect(await gateway.status("shop")).toMatchObject({ instanceId: "shop", phoneNumber: ALICE });
});

test("the root names the gateway and lists what there is", async () => {
  const { status, body } = await gateway.get<{ endpoints: readonly string[] }>("/");
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: "wagraph", version: expect.any(String) as string });
  expect(body.endpoints.some((line) => line.startsWith("POST /instances/:id/sendMessage"))).toBe(
    true,
  );
});

test("unknown paths, methods, types and bodies are each refused in the one shape", async () => {
  const json = { "content-type": "application/json" };
  expect(await gateway.get("/nothing")).toMatchObject({ status: 404, body: refusal("NOT_FOUND") });

  const method = await gateway.send("PUT", "/instances");
  expect(method).toMatchObject({ status: 405, body: refusal("METHOD_NOT_ALLOWED") });
  expect(method.headers.get("allow")).toBe("POST, GET, HEAD");

  const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "to=1" };
  expect(await gateway.send("POST", "/instances/shop/sendMessage", form)).toMatchObject({
    status: 415,
    body: refusal("UNSUPPORTED_MEDIA_TYPE"),
  });
  expect(await gateway.send("POST", "/instances", { headers: json, body: "{" })).toMatchObject({
    status: 400,
    body: refusal("BAD_INPUT"),
  });
  const wrong = await gateway.post<ErrorReply>("/instances/shop/sendMessage", { to: BOB });
  expect(wrong).toMatchObject({ status: 400, body: refusal("BAD_INPUT") });
  expect(wrong.body.error.details).toMatchObject({ issues: [{ path: "message" }] });
});

test.each([
  ["GET", "/instances/nobody/status"],
  ["GET", "/instances/nobody/qr"],
  ["POST", "/instances/nobody/restart"],
  ["DELETE", "/instances/nobody"],
])("%s %s is 404 INSTANCE_NOT_FOUND with the id as a detail", async (method, path) => {
  expect(await gateway.send(method, path)).toMatchObject({
    status: 404,
    body: { error: { code: "INSTANCE_NOT_FOUND", details: { instanceId: "nobody" } } },
  });
});

test("an id is taken once", async () => {
  expect(await gateway.post("/instances", { instanceId: "shop" })).toMatchObject({
    status: 409,
    body: refusal("INSTANCE_EXISTS"),
  });
});

test("instances are listed by pages that link to the next", async () => {
  for (const instanceId of ["page-1", "page-2"]) await gateway.post("/instances", { instanceId });
  const seen: string[] = [];
  let path: string | undefined = "/instances?limit=1";
  while (path !== undefined) {
    const page: Reply<readonly ShownInstance[]> = await gateway.get(path);
    expect(page.body).toHaveLength(1);
    seen.push(...page.body.map(({ instanceId }) => instanceId));
    path = /^<(.*)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
  }
  expect(seen).toEqual(expect.arrayContaining(["shop", "page-1", "page-2"]));
  expect(new Set(seen).size).toBe(seen.length);
  for (const id of ["page-1", "page-2"]) {
    expect((await gateway.delete(`/instances/${id}`)).status).toBe(204);
  }
});

test("a send is answered when WhatsApp's server has it, and a key makes it happen once", async () => {
  const key = { "idempotency-key": "order-1" };
  const send = (message: string) =>
    gateway.post<ShownSend>("/instances/shop/sendMessage", { to: `+${BOB}`, message }, key);
  const first = await send("Hello");
  expect(first).toMatchObject({ status: 200, body: { to: `${BOB}@s.whatsapp.net` } });
  expect(["SERVER_ACK", "DELIVERED"]).toContain(first.body.status);
  expect((await send("Hello")).body.messageId).toBe(first.body.messageId);
  expect(await send("Goodbye")).toMatchObject({
    status: 422,
    body: refusal("IDEMPOTENCY_MISMATCH"),
  });
});

test("a picture goes out from base64 and as a form, and needs exactly one source", async () => {
  const path = "/instances/shop/sendImage";
  const sent = { status: 200, body: { messageId: expect.any(String) as string } };
  expect(await gateway.post(path, { to: BOB, base64: PIXEL, caption: "one" })).toMatchObject(sent);

  const form = new FormData();
  form.set("to", BOB);
  form.set("caption", "two");
  form.set("file", new File([Buffer.from(PIXEL, "base64")], "pixel.png", { type: "image/png" }));
  expect(await gateway.send("POST", path, { body: form })).toMatchObject(sent);

  expect(await gateway.post(path, { to: BOB })).toMatchObject({
    status: 400,
    body: refusal("BAD_INPUT"),
  });
});

test("failures of a send have the status a caller expects", async () => {
  const path = "/instances/shop/sendMessage";
  expect(await gateway.post(path, { to: "nobody", message: "x" })).toMatchObject({
    status: 400,
    body: refusal("INVALID_RECIPIENT"),
  });
  expect(await gateway.post(path, { to: "5511900000000", message: "x" })).toMatchObject({
    status: 422,
    body: refusal("NOT_ON_WHATSAPP"),
  });
  await gateway.post("/instances", { instanceId: "fresh" });
  expect(
    await gateway.post("/instances/fresh/sendMessage", { to: BOB, message: "x" }),
  ).toMatchObject({
    status: 409,
    body: refusal("NOT_LINKED"),
  });
});

test("the log pages from the oldest and its cursor goes on where the page ended", async () => {
  interface Page {
    readonly events: readonly ShownEvent[];
    readonly cursor: string;
  }
  const first = await gateway.get<Page>("/events?limit=2");
  expect(first.body.events).toHaveLength(2);
  expect(first.body.cursor).toBe(first.body.events[1]?.cursor);
  const next = await gateway.get<Page>(`/events?limit=2&after=${first.body.cursor}`);
  expect(next.body.events[0]?.id).not.toBe(first.body.events[1]?.id);

  const opens = await gateway.get<Page>("/events?type=connection.open&instanceId=shop");
  expect(opens.body.events.map(({ data }) => data)).toEqual([
    { whileOffline: false, phoneNumber: ALICE },
  ]);
});

test("a cursor that is none, and a type that does not exist, are refused with words", async () => {
  expect(await gateway.get("/events?after=nonsense")).toMatchObject({
    status: 400,
    body: refusal("CURSOR_INVALID"),
  });
  expect(await gateway.get("/events?type=message.recieved")).toMatchObject({
    status: 400,
    body: refusal("BAD_INPUT"),
  });
  const sse = { accept: "text/event-stream" };
  expect(await gateway.get("/events?after=nonsense", sse)).toMatchObject({
    status: 400,
    body: refusal("CURSOR_INVALID"),
  });
});

test("a stream begins with where it stands, and resumes behind the last event that was seen", async () => {
  await using stream = await gateway.sse<ShownEvent>("/events?type=message.sent");
  const start = await stream.next();
  expect(start).toMatchObject({ id: expect.any(String) as string, data: undefined });

  const send = (message: string) =>
    gateway.post("/instances/shop/sendMessage", { to: BOB, message });
  await send("first");
  const first = await stream.until(({ data }) => data !== undefined);
  expect(first).toMatchObject({ event: "message.sent", data: { data: { source: "API" } } });
  expect(first.id).toBe(first.data?.cursor);

  await send("second");
  await using resumed = await gateway.sse<ShownEvent>("/events?type=message.sent", {
    "last-event-id": first.id ?? "",
  });
  const second = await resumed.next();
  expect(second.data?.data.message?.text).toBe("second");
});

test("REST, SSE and a webhook tell of an event with the very same words", async () => {
  await using receiver = await startReceiver();
  await using stream = await gateway.sse<ShownEvent>("/events?instanceId=same");
  await stream.next();
  const created = await gateway.post<{ webhook: { secret: string } }>("/instances", {
    instanceId: "same",
    webhook: receiver.url,
  });
  receiver.trust(created.body.webhook.secret);
  const phone = await gateway.wa.account("5511999990003");
  const { body } = await gateway.get<{ qr: string }>("/instances/same/qr");
  await phone.link(body);
  await gateway.reaches("same", "OPEN");
  await gateway.post("/instances/same/sendMessage", { to: BOB, message: "compare" });

  for (const type of ["qr.update", "connection.open", "message.sent"]) {
    const delivered = await receiver.event(type);
    const streamed = await stream.until(({ data }) => data?.id === delivered.id);
    expect(streamed.data).toEqual(delivered);
    expect(await gateway.event("same", type, ({ id }) => id === delivered.id)).toEqual(delivered);
  }
});

test("webhooks are made, changed, tested, replayed and removed", async () => {
  await using receiver = await startReceiver();
  const path = "/instances/shop/webhooks";
  const made = await gateway.post<{ id: string; secret: string }>(path, { url: receiver.url });
  expect(made).toMatchObject({
    status: 201,
    body: {
      instanceId: "shop",
      url: receiver.url,
      events: ["*"],
      enabled: true,
      ordering: "PER_CHAT",
    },
  });
  receiver.trust(made.body.secret);
  const { id } = made.body;

  const listed = await gateway.get<readonly { id: string }[]>("/webhooks");
  const shown = listed.body.find((webhook) => webhook.id === id);
  expect(shown).not.toHaveProperty("secret");
  expect(shown).not.toHaveProperty("disabledReason");

  expect(await gateway.patch(`/webhooks/${id}`, { events: ["message.*"] })).toMatchObject({
    status: 200,
    body: { id, events: ["message.*"] },
  });
  expect((await gateway.post(`/webhooks/${id}/test`)).status).toBe(202);
  const tested = await receiver.event("webhook.test");

  const deliveries = async () =>
    (
      await gateway.get<{
        deliveries: readonly { eventId: string; attempts: readonly object[] }[];
      }>(`/webhooks/${id}/deliveries?state=DELIVERED`)
    ).body.deliveries;
  await expect.poll(deliveries).toHaveLength(1);
  const [delivery] = await deliveries();
  expect(delivery).toMatchObject({ eventId: tested.id, attempts: [{ status: 204 }] });
  expect(delivery?.attempts[0]).not.toHaveProperty("error");

  expect(await gateway.post(`/webhooks/${id}/replay`, { after: "earliest" })).toMatchObject({
    status: 202,
  });
  expect((await gateway.post(`/webhooks/${id}/replay`, {})).status).toBe(400);
  expect((await gateway.delete(`/webhooks/${id}`)).status).toBe(204);
  expect(await gateway.get(`/webhooks/${id}/deliveries`)).toMatchObject({
    status: 404,
    body: refusal("WEBHOOK_NOT_FOUND"),
  });
});

test("an address that may not be called is refused when the webhook is made", async () => {
  for (const url of ["ftp://a.example/", "http://169.254.169.254/", "https://u:p@a.example/"]) {
    expect(await gateway.post("/instances/shop/webhooks", { url })).toMatchObject({
      status: 400,
      body: refusal("INVALID_ADDRESS"),
    });
  }
});
