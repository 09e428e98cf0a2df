import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { CREDENTIALS, startHttpProxy, startSocksProxy, USER_INFO } from "./support/proxy.ts";
import type { TestProxy } from "./support/proxy.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const PATH = "/instances/me/settings";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let gateway: TestGateway;
let alice: Account;
let http: TestProxy;
let socks: TestProxy;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
  http = await startHttpProxy();
  socks = await startSocksProxy();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await http[Symbol.asyncDispose]();
  await socks[Symbol.asyncDispose]();
});

const use = (proxy: string | null) => gateway.patch<ErrorReply>(PATH, { proxy });

const lastDisconnect = async () =>
  (await gateway.status("me")).lastDisconnect as { reason: string; message: string } | null;

async function reconnect(): Promise<void> {
  await gateway.post("/instances/me/restart");
  await gateway.reaches("me", "OPEN");
}

/** A picture goes out and another comes in, each through the proxy. */
async function exchangePictures({ targets }: TestProxy, caption: string): Promise<void> {
  const before = targets.length;
  const sent = await gateway.post("/instances/me/sendImage", {
    to: ALICE,
    base64: PNG.toString("base64"),
    caption,
  });
  expect(sent.status).toBe(200);
  const got = await alice.waitFor((each) => each.caption === caption);
  expect(got.bytes?.equals(PNG)).toBe(true);
  expect(targets.length).toBe(before + 1);
  await alice.send(ME, { image: { bytes: PNG, mimetype: "image/png", caption } });
  const event = await gateway.event(
    "me",
    "message.received",
    ({ data }) => data.message?.text === caption,
  );
  const response = await fetch(String(event.data.message?.media?.["url"]));
  expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
  expect(targets.length).toBe(before + 2);
}

test.each([
  ["http", "HTTP", () => http],
  ["socks5", "SOCKS5", () => socks],
] as const)(
  "through a proxy over %s: the connection and attachments both ways",
  async (scheme, protocol, proxyOf) => {
    const proxy = proxyOf();
    const url = `${scheme}://${USER_INFO}@127.0.0.1:${proxy.port}`;
    expect(await use(url)).toMatchObject({
      status: 200,
      body: { proxy: { protocol, host: "127.0.0.1", port: proxy.port, hasCredentials: true } },
    });
    // It is used from the next connection on, and a restart keeps it.
    await gateway.restart();
    await gateway.reaches("me", "OPEN");
    expect(proxy.targets).toEqual([new URL(gateway.wa.url).host]);
    await exchangePictures(proxy, `over ${scheme}`);
  },
);

test("user and password are told nowhere, and stand nowhere as they are", async () => {
  const secret = encodeURIComponent(CREDENTIALS.password);
  const told = [
    await gateway.get(PATH),
    await gateway.get("/audit"),
    await gateway.get("/events?limit=200"),
    gateway.lines,
  ];
  for (const each of [CREDENTIALS.password, secret]) {
    expect(JSON.stringify(told)).not.toContain(each);
    for (const name of readdirSync(gateway.dataDir).filter((file) => file.includes(".db"))) {
      expect(readFileSync(join(gateway.dataDir, name)).includes(each)).toBe(false);
    }
  }
});

test.each([
  [
    "that asks for another password",
    (): string => `http://operator:wrong@127.0.0.1:${http.port}`,
    /407/,
  ],
  [
    "over SOCKS that does",
    (): string => `socks5://operator:wrong@127.0.0.1:${socks.port}`,
    /uthentication/,
  ],
  ["that is not there", (): string => "http://127.0.0.1:9", /ECONNREFUSED/],
  [
    "whose name does not exist",
    (): string => "http://proxy.invalid:3128",
    /does not exist|could not be resolved/,
  ],
])("a proxy %s is the last error, in words, until it is another", async (_, urlOf, words) => {
  const url = urlOf();
  expect((await use(url)).status).toBe(200);
  await gateway.post("/instances/me/restart");
  await expect
    .poll(async () => (await lastDisconnect())?.reason, { timeout: 15_000 })
    .toBe("PROXY_FAILED");
  const message = (await lastDisconnect())?.message ?? "";
  expect(message).toContain(`The proxy ${new URL(url).host}`);
  expect(message).toMatch(words);
  expect(message).not.toContain("wrong");
  await use(null);
  await reconnect();
});

test.each([
  ["ftp://127.0.0.1:1", "BAD_INPUT"],
  ["127.0.0.1:3128", "BAD_INPUT"],
  ["http://127.0.0.1:3128/path", "BAD_INPUT"],
  ["http://", "BAD_INPUT"],
  ["http://169.254.169.254:80", "INVALID_ADDRESS"],
  ["socks5://10.0.0.1:1080", "INVALID_ADDRESS"],
])("%s is no proxy: %s", async (url, code) => {
  const reply = await use(url);
  expect([reply.status, reply.body.error.code]).toEqual([400, code]);
  expect((await gateway.get<{ proxy: unknown }>(PATH)).body.proxy).toBeNull();
});
