import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownEvent, ShownSend } from "./support/shown.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const BOB = "5511999990003";
const DAY = 86_400;

let gateway: TestGateway;
let me: Account;
let alice: Account;
let bob: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  me = await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
  bob = await gateway.wa.account(BOB, { name: "Bob" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const path = (id: string, what: "pin" | "keep") => `/instances/me/messages/${id}/${what}`;
const make = <T = ShownSend>(id: string, what: "pin" | "keep", body: object = {}) =>
  gateway.post<T>(path(id, what), body);
const undo = <T = ShownSend>(id: string, what: "pin" | "keep") =>
  gateway.send<T>("DELETE", path(id, what), {});

interface Stored {
  readonly id: string;
  readonly pinnedUntil: string | null;
  readonly keptAt: string | null;
}

async function stored(id: string): Promise<Stored | undefined> {
  const { messages } = await gateway.graphql<{
    messages: { edges: readonly { node: Stored }[] };
  }>(`{ messages(instanceId: "me", first: 50) { edges { node { id pinnedUntil keptAt } } } }`);
  return messages.edges.map(({ node }) => node).find((node) => node.id === id);
}

const about =
  (id: string) =>
  ({ data }: ShownEvent): boolean =>
    data["messageId"] === id || data.message?.id === id;

async function received(more: { readonly disappearsAfter?: number } = {}): Promise<string> {
  const { id } = await alice.send(ME, { text: "look", ...more });
  await gateway.event("me", "message.received", about(id));
  return id;
}

const code = ({ status, body }: { status: number; body: ErrorReply }) => [status, body.error.code];

/** Seconds from now. */
const inSeconds = (time: unknown) => (Date.parse(String(time)) - Date.now()) / 1_000;

test("a message is pinned for a time and unpinned, for everybody", async () => {
  const id = await received();
  expect(await make(id, "pin", { seconds: DAY })).toMatchObject({
    status: 200,
    body: { messageId: id, to: alice.jid },
  });
  const pin = await alice.waitFor(({ targetId, type }) => type === "pinned" && targetId === id);
  expect(pin).toMatchObject({ seconds: DAY, from: ME });
  const { data } = await gateway.event("me", "message.pinned", about(id));
  expect(data).toMatchObject({ chatId: alice.lid, sender: { pn: me.jid }, fromMe: true });
  expect(Math.abs(inSeconds(data["pinnedUntil"]) - DAY)).toBeLessThan(60);
  expect((await stored(id))?.pinnedUntil).toBe(data["pinnedUntil"]);

  expect(await undo(id, "pin")).toMatchObject({ status: 200 });
  await alice.waitFor(({ targetId, type }) => type === "unpinned" && targetId === id);
  expect((await stored(id))?.pinnedUntil).toBeNull();
});

test("left out, a pin stays for a week, also on what the account has sent itself", async () => {
  const { body } = await gateway.post<ShownSend>("/instances/me/sendMessage", {
    to: ALICE,
    message: "mine",
  });
  await make(body.messageId, "pin");
  const pin = await alice.waitFor(({ targetId }) => targetId === body.messageId);
  expect(pin).toMatchObject({ type: "pinned", seconds: 7 * DAY });
});

test("what others pin is told and stands on the message, in groups too", async () => {
  const group = await gateway.wa.group({ subject: "Us", participants: [ME, ALICE, BOB] });
  const { id } = await bob.send(group, { text: "the rules" });
  await alice.send(group, { pin: { id, from: BOB, seconds: 30 * DAY } });
  const { data } = await gateway.event("me", "message.pinned", about(id));
  expect(data).toMatchObject({ sender: { pn: alice.jid, name: "Alice" }, fromMe: false });
  expect(Math.abs(inSeconds((await stored(id))?.pinnedUntil) - 30 * DAY)).toBeLessThan(60);
  await bob.send(group, { pin: { id, from: BOB, seconds: 0 } });
  const isOff = ({ data: { pinnedUntil, messageId } }: ShownEvent) =>
    messageId === id && pinnedUntil === null;
  await gateway.event("me", "message.pinned", isOff);
  expect((await stored(id))?.pinnedUntil).toBeNull();
});

test("a pin for longer than phones offer ends after 30 days", async () => {
  const id = await received();
  await alice.send(ME, { pin: { id, from: ALICE, seconds: 1_000 * DAY } });
  const { data } = await gateway.event("me", "message.pinned", about(id));
  expect(inSeconds(data["pinnedUntil"])).toBeLessThanOrEqual(30 * DAY);
});

test("what would disappear is kept, and let go again", async () => {
  const id = await received({ disappearsAfter: DAY });
  expect(await make(id, "keep")).toMatchObject({ status: 200 });
  await alice.waitFor(({ targetId, type }) => type === "kept" && targetId === id);
  const { data } = await gateway.event("me", "message.kept", about(id));
  expect(data).toMatchObject({ chatId: alice.lid, fromMe: true, isKept: true });
  expect((await stored(id))?.keptAt).toEqual(expect.any(String));
  expect(await undo(id, "keep")).toMatchObject({ status: 200 });
  await alice.waitFor(({ targetId, type }) => type === "unkept" && targetId === id);
  expect((await stored(id))?.keptAt).toBeNull();
});

test("what others keep is told and stands on the message", async () => {
  const id = await received({ disappearsAfter: DAY });
  await alice.send(ME, { keep: { id, from: ALICE } });
  const { data } = await gateway.event("me", "message.kept", about(id));
  expect(data).toMatchObject({ sender: { pn: alice.jid }, fromMe: false, isKept: true });
  expect((await stored(id))?.keptAt).toEqual(expect.any(String));
  await alice.send(ME, { keep: { id, from: ALICE, undo: true } });
  await gateway.event("me", "message.kept", ({ data: { isKept } }) => isKept === false);
  expect((await stored(id))?.keptAt).toBeNull();
});

test("what cannot be pinned or kept is refused", async () => {
  const id = await received();
  expect(code(await make<ErrorReply>(id, "pin", { seconds: 5 }))).toEqual([400, "BAD_INPUT"]);
  expect(code(await make<ErrorReply>(id, "keep"))).toEqual([400, "BAD_INPUT"]);
  expect(code(await make<ErrorReply>("3EB0", "pin"))).toEqual([404, "MESSAGE_NOT_FOUND"]);
});
