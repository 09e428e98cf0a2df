import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";

const ME = "5511999990001";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account("5511999990002");
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Shown {
  readonly url: string;
  readonly size: number;
  readonly base64?: string;
  readonly omitted?: { readonly reason: string; readonly size: number };
}

/** The attachment as the webhook tells it. */
async function delivered(receiver: Receiver, text: string): Promise<Shown> {
  const event = await receiver.event(
    "message.received",
    ({ data }) => data.message?.text === text && data.message.media !== null,
  );
  return event.data.message?.media as unknown as Shown;
}

async function hook(receiver: Receiver, more: object = {}): Promise<void> {
  const { body } = await gateway.post<{ secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.received"],
    ...more,
  });
  receiver.trust(body.secret);
}

test("an attachment comes as a link that needs no key, the same in a webhook, REST and GraphQL", async () => {
  await using receiver = await startReceiver();
  await hook(receiver);
  const bytes = randomBytes(300_000);
  await alice.send(ME, { image: { bytes, caption: "a picture" } });
  const media = await delivered(receiver, "a picture");
  expect(media).not.toHaveProperty("base64");
  expect(media.url.startsWith(`${gateway.url}/media/`)).toBe(true);

  const answer = await fetch(media.url);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/jpeg",
    "content-disposition": "inline",
    "content-length": "300000",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  const head = await fetch(media.url, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, "300000"]);

  const [event] = await gateway.events("me", "message.received");
  expect(event?.data.message?.media).toEqual(media);
  const { instance } = await gateway.graphql<{
    instance: { messages: { edges: readonly { node: { media: { url: string } } }[] } };
  }>(`{ instance(id: "me") { messages(first: 1) { edges { node { media { url } } } } } }`);
  expect(instance.messages.edges[0]?.node.media.url).toBe(media.url);
});

test("a file that a browser could run is only ever saved, under its own name", async () => {
  await using receiver = await startReceiver();
  await hook(receiver);
  await alice.send(ME, {
    document: {
      bytes: Buffer.from("<script>alert(1)</script>"),
      fileName: 'naïve "page".html',
      mimetype: "text/html; charset=utf-8",
      caption: "a page",
    },
  });
  const { url } = await delivered(receiver, "a page");
  const { headers } = await fetch(url);
  expect(headers.get("content-type")).toBe("text/html");
  expect(headers.get("content-disposition")).toBe(
    `attachment; filename="na_ve _page_.html"; filename*=UTF-8''na%C3%AFve%20%22page%22.html`,
  );
});

test("a link that was changed, or whose message is gone, leads nowhere", async () => {
  const [event] = await gateway.events("me", "message.received");
  const shown = event?.data.message?.media as Shown | undefined;
  const url = shown?.url ?? "";
  for (const bad of [url.replace("/me.", "/other."), `${url.slice(0, -4)}AAAA`, `${url}/x`]) {
    expect((await fetch(bad)).status).toBe(404);
  }
  expect((await fetch(url, { method: "POST" })).status).toBe(405);
});

test("inside a delivery when it is asked for and small; otherwise the delivery says why not", async () => {
  await using receiver = await startReceiver();
  await hook(receiver, { inlineMedia: true });
  const small = randomBytes(2_000);
  await alice.send(ME, { image: { bytes: small, caption: "small" } });
  const inside = await delivered(receiver, "small");
  expect(Buffer.from(inside.base64 ?? "", "base64").equals(small)).toBe(true);
  expect(inside).not.toHaveProperty("omitted");

  const large = randomBytes(1_048_577);
  await alice.send(ME, { document: { bytes: large, fileName: "a.bin", caption: "large" } });
  const outside = await delivered(receiver, "large");
  expect(outside).not.toHaveProperty("base64");
  expect(outside.omitted).toEqual({ reason: "TOO_LARGE", size: large.length });
  const answer = await fetch(outside.url);
  expect(Buffer.from(await answer.arrayBuffer()).equals(large)).toBe(true);
});
