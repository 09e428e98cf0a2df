import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account, ReceivedMessage } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { serve, type Server } from "./support/server.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

const head = (more: string) =>
  `<html><head><title>Plain</title><meta property="og:title" content="A page">${more}</head>`;
const image = (path: string) => `<meta property="og:image" content="${path}">`;

let gateway: TestGateway;
let alice: Account;
let site: Server;
let asked: string[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  const picture = await jpeg();
  const pages: Readonly<Record<string, string>> = {
    "/page": head(`<meta property="og:description" content="What it is">${image("/a.jpg")}`),
    "/long": `${head("")}${" ".repeat(1_000_000)}`,
    "/bomb": head(image("/bomb.png")),
    "/drawing": head(image("/drawing.svg")),
    "/guarded": head(image("http://169.254.169.254/latest/meta-data")),
  };
  // 400 megapixels of one colour are a few kilobytes.
  const bomb = await sharp({
    create: { width: 20_000, height: 20_000, channels: 3, background: "black" },
    limitInputPixels: false,
  })
    .png()
    .toBuffer();
  const pictures: Readonly<Record<string, Buffer>> = {
    "/a.jpg": picture,
    "/bomb.png": bomb,
    "/drawing.svg": Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`),
  };
  site = await serve((request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    if (path === "/silent") return;
    if (path === "/moved") return void response.writeHead(301, { location: "/page" }).end();
    if (path === "/inside") {
      const location = "http://169.254.169.254/latest/meta-data";
      return void response.writeHead(302, { location }).end();
    }
    if (path === "/around") return void response.writeHead(302, { location: "/around" }).end();
    const page = pages[path];
    const bytes = pictures[path];
    if (page !== undefined) {
      return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    }
    if (bytes) return void response.writeHead(200, { "content-type": "image/jpeg" }).end(bytes);
    response.writeHead(404).end();
  });
});
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
});

async function sent(message: string, linkPreview?: unknown): Promise<ReceivedMessage> {
  const { status, body } = await gateway.post<ShownSend>("/instances/me/sendMessage", {
    to: ALICE,
    message,
    linkPreview,
  });
  expect([status, body]).toEqual([200, expect.anything()]);
  return alice.waitFor(({ id }) => id === body.messageId);
}

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data.message?.id === id;

test("a page is shown by its title, description and picture, and so is the sent message", async () => {
  const url = `${site.url}/page`;
  const { id, text, preview } = await sent(`look: ${url}.`, "AUTO");
  expect(text).toBe(`look: ${url}.`);
  expect(preview).toMatchObject({ url, title: "A page", description: "What it is" });
  expect(await sharp(preview?.thumbnail).metadata()).toMatchObject({ format: "jpeg", width: 192 });
  const { data } = await gateway.event("me", "message.sent", about(id));
  const linkPreview = { url, title: "A page", description: "What it is" };
  expect(data.message).toMatchObject({ kind: "TEXT", linkPreview });
});

test("nothing is fetched unless it is asked for", async () => {
  asked = [];
  for (const wish of [undefined, "NONE"]) {
    expect((await sent(`${site.url}/page`, wish)).preview).toBeUndefined();
  }
  expect(asked).toEqual([]);
});

test("redirects are followed, and the beginning of a long page is enough", async () => {
  expect((await sent(`${site.url}/moved`, "AUTO")).preview?.title).toBe("A page");
  expect((await sent(`${site.url}/long`, "AUTO")).preview?.title).toBe("A page");
});

test.each(["/missing", "/around", "/inside", "/a.jpg"])(
  "a text that leads to %s goes without a preview",
  async (path) => {
    expect((await sent(`${site.url}${path}`, "AUTO")).preview).toBeUndefined();
  },
);

test.each(["/bomb", "/drawing", "/guarded"])("%s is shown without its picture", async (path) => {
  const { preview } = await sent(`${site.url}${path}`, "AUTO");
  expect(preview?.title).toBe("A page");
  expect(preview?.thumbnail).toBeUndefined();
});

test("a silent server delays a text by five seconds at most", async () => {
  const began = performance.now();
  expect((await sent(`${site.url}/silent`, "AUTO")).preview).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(8_000);
});

test("a preview in the caller's own words asks nobody", async () => {
  asked = [];
  const url = `${site.url}/page`;
  const thumbnail = (await jpeg()).toString("base64");
  const { preview } = await sent(`my ${url}`, {
    url,
    title: "Mine",
    description: "Own",
    thumbnail,
  });
  expect(preview).toMatchObject({ url, title: "Mine", description: "Own" });
  expect(preview?.thumbnail?.length).toBeGreaterThan(100);
  expect(asked).toEqual([]);
});

test.each([
  [{ url: "https://elsewhere.example", title: "Mine" }, "BAD_INPUT"],
  [{ url: "https://a.example", title: " " }, "BAD_INPUT"],
  [{ url: "https://a.example", title: "x", thumbnail: "AAAA" }, "MEDIA_INVALID"],
])("the preview %j is refused", async (linkPreview, code) => {
  const body = { to: ALICE, message: "see https://a.example", linkPreview };
  const { body: said } = await gateway.post<ErrorReply>("/instances/me/sendMessage", body);
  expect(said.error.code).toBe(code);
});

test("previews of others stand on their messages, and are passed on with them", async () => {
  const shown = { url: "https://a.example", title: "Hers", description: "About it" };
  const { id } = await alice.send(ME, { text: "see https://a.example", preview: shown });
  const { data } = await gateway.event("me", "message.received", about(id));
  expect(data.message).toMatchObject({ linkPreview: shown });
  const forward = await gateway.post<ShownSend>(`/instances/me/messages/${id}/forward`, {
    to: ALICE,
  });
  const got = await alice.waitFor((message) => message.id === forward.body.messageId);
  expect(got.preview).toEqual(shown);
});
