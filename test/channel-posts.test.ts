import { proto } from "@whiskeysockets/baileys";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Channel, Post } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

interface Sent {
  readonly messageId: string;
  readonly status: string;
  readonly to: string;
}

let gateway: TestGateway;
/** Mine, which Alice follows, whom another instance of the gateway stands for. */
let channel: Channel;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.linked("alice", ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(async () => {
  channel = await gateway.wa.channel({ name: "News", owner: ME, followers: [ALICE] });
});

const posts = async () => (await gateway.wa.channelNow(channel)).posts;
const read = ({ message }: Post) => proto.Message.decode(message);
const say = (message: string, instance = "me") =>
  gateway.post<Sent & ErrorReply>(`/instances/${instance}/sendMessage`, {
    to: channel.jid,
    message,
  });
/** What this instance was told of a post, once it was. */
const told = (instance: string, type: string, id: string) =>
  gateway.event(instance, type, ({ data }) => JSON.stringify(data).includes(id));

test("a text is posted, in clear, acknowledged with its number, and read by who follows", async () => {
  const { status, body } = await say("extra, extra");
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: "SERVER_ACK", to: channel.jid });
  const [post] = await posts();
  expect(post).toMatchObject({ id: body.messageId, serverId: 1 });
  expect(post && read(post).extendedTextMessage?.text).toBe("extra, extra");
  const sent = await told("me", "message.sent", body.messageId);
  expect(sent.data).toMatchObject({ source: "API", message: { serverId: "1", fromMe: true } });
  const received = await told("alice", "message.received", body.messageId);
  expect(received.data.message).toMatchObject({
    chat: { id: channel.jid },
    sender: { id: channel.jid },
    text: "extra, extra",
    serverId: "1",
  });
});

test("a picture is posted as it is, and fetched by who follows", async () => {
  const bytes = await jpeg();
  const { status, body } = await gateway.post<Sent>("/instances/me/sendImage", {
    to: channel.jid,
    base64: bytes.toString("base64"),
    caption: "look",
  });
  expect([status, body.status]).toEqual([200, "SERVER_ACK"]);
  const [post] = await posts();
  const image = post && read(post).imageMessage;
  expect(image?.caption).toBe("look");
  expect([image?.mediaKey?.length ?? 0, image?.fileEncSha256?.length ?? 0]).toEqual([0, 0]);
  const { data } = await told("alice", "message.received", body.messageId);
  const url = String(data.message?.media?.["url"]);
  const fetched = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(fetched.length).toBe(Number(image?.fileLength));
  expect(fetched.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
});

test("a post is edited and deleted, here and for who follows", async () => {
  const { body } = await say("frist");
  const id = body.messageId;
  await told("alice", "message.received", id);
  const path = `/instances/me/messages/${id}`;
  expect(await gateway.patch(path, { message: "first" })).toMatchObject({
    status: 200,
    body: { status: "SERVER_ACK" },
  });
  expect((await posts()).map((post) => read(post).extendedTextMessage?.text)).toEqual(["first"]);
  expect((await told("alice", "message.edited", id)).data.message).toMatchObject({ text: "first" });
  // Another edit bears the same id and is told all the same.
  await gateway.patch(path, { message: "First" });
  await gateway.event("alice", "message.edited", ({ data }) => data.message?.text === "First");
  expect((await gateway.delete(path)).status).toBe(200);
  expect(await posts()).toMatchObject([{ isDeleted: true }]);
  await told("alice", "message.deleted", id);
  expect(gateway.wa.stats["duplicates"] ?? 0).toBe(0);
});

test("what the phone posts, edits and deletes is told, as the account's own to the account", async () => {
  const { id } = await gateway.wa.post(channel, { text: "by thumb" });
  expect((await told("me", "message.sent", id)).data).toMatchObject({ source: "DEVICE" });
  expect((await told("alice", "message.received", id)).data.message).toMatchObject({
    text: "by thumb",
  });
  await gateway.wa.editPost(channel, id, "by thumbs");
  expect((await told("alice", "message.edited", id)).data.message).toMatchObject({
    text: "by thumbs",
  });
  expect((await told("me", "message.edited", id)).data.message).toMatchObject({ fromMe: true });
  await gateway.wa.editPost(channel, id, null);
  await told("me", "message.deleted", id);
  await told("alice", "message.deleted", id);
});

test("who only follows may not post, nor anybody where there is no channel any more", async () => {
  expect(await say("me too", "alice")).toMatchObject({
    status: 403,
    body: { error: { code: "NOT_ALLOWED" } },
  });
  await gateway.wa.changeChannel(channel, { isDeleted: true });
  expect(await say("too late")).toMatchObject({
    status: 404,
    body: { error: { code: "CHANNEL_NOT_FOUND", details: { whatsappCode: 410 } } },
  });
  expect(await posts()).toEqual([]);
});

test("what WhatsApp refuses itself comes with its number", async () => {
  await gateway.get(`/instances/me/channels/${channel.jid}`);
  gateway.wa.fault({ kind: "ackError", phone: ME, code: 403, count: 1 });
  expect(await say("refused")).toMatchObject({
    status: 422,
    body: { error: { code: "SEND_REJECTED", details: { whatsappCode: 403 } } },
  });
});

test("what a channel does not show is refused", async () => {
  const { body } = await say("here");
  const react = await gateway.post<ErrorReply>(
    `/instances/me/messages/${body.messageId}/reaction`,
    { emoji: "👍" },
  );
  expect(react).toMatchObject({ status: 400, body: { error: { code: "BAD_INPUT" } } });
  const once = { to: channel.jid, base64: (await jpeg()).toString("base64"), viewOnce: true };
  expect((await gateway.post<ErrorReply>("/instances/me/sendImage", once)).status).toBe(400);
});

test("an account that ignores channels hears nothing of them", async () => {
  const heard = async () => (await gateway.events("alice", "message.received")).length;
  const before = await heard();
  const set = (isIgnored: boolean) =>
    gateway.patch("/instances/alice/settings", { ignoreChannels: isIgnored });
  await set(true);
  const { id } = await gateway.wa.post(channel, { text: "unheard" });
  await gateway.wa.editPost(channel, id, "unheard of");
  await told("me", "message.edited", id);
  await set(false);
  const { body } = await say("heard");
  await told("alice", "message.received", body.messageId);
  expect(await heard()).toBe(before + 1);
  const changes = await gateway.events("alice", "message.edited");
  expect(JSON.stringify(changes)).not.toContain(id);
});
