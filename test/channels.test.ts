import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Channel } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { jpeg } from "./support/files.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

interface ShownChannel {
  readonly channelId: string;
  readonly name: string;
  readonly role: string;
  readonly isMuted?: boolean;
  readonly subscribersCount: number;
}

let gateway: TestGateway;
/** Alice's, whom another instance of the gateway stands for. */
let channel: Channel;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.linked("alice", ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(async () => {
  channel = await gateway.wa.channel({ name: "News", description: "Daily", owner: ALICE });
});

const path = (what = "", instance = "me") =>
  `/instances/${instance}/channels/${channel.jid}${what}`;
const now = () => gateway.wa.channelNow(channel);
const shown = async (instance = "me") => (await gateway.get<ShownChannel>(path("", instance))).body;
const reactions = async () => [...((await now()).posts[0]?.reactions ?? [])];
const listed = async (instance = "me") =>
  (await gateway.get<readonly ShownChannel[]>(`/instances/${instance}/channels`)).body;

test("a channel is shown to whoever does not follow it, by id and by its link", async () => {
  const facts = {
    channelId: channel.jid,
    name: "News",
    description: "Daily",
    inviteCode: channel.inviteCode,
    inviteUrl: `https://whatsapp.com/channel/${channel.inviteCode}`,
    subscribersCount: 1,
    isVerified: false,
    role: "GUEST",
    createdAt: expect.any(String) as string,
    state: "ACTIVE",
  };
  expect(await shown()).toEqual(facts);
  const byCode = await gateway.get(`/instances/me/channelInvites/${channel.inviteCode}`);
  expect(byCode).toMatchObject({ status: 200, body: facts });
  const { channelByInvite } = await gateway.graphql<{ channelByInvite: { id: string } }>(
    `query ($invite: String!) { channelByInvite(instanceId: "me", invite: $invite) { id } }`,
    { invite: facts.inviteUrl },
  );
  expect(channelByInvite.id).toBe(channel.jid);
  expect((await now()).followers).toEqual([ALICE]);
});

test("an account follows a channel, mutes it, and leaves it", async () => {
  const followed = await gateway.post<ShownChannel>(path("/follow"));
  expect(followed).toMatchObject({ status: 200, body: { role: "SUBSCRIBER", isMuted: false } });
  expect((await now()).followers).toEqual([ALICE, ME]);
  expect((await listed()).map(({ channelId }) => channelId)).toContain(channel.jid);
  expect((await gateway.post(path("/mute"))).status).toBe(204);
  expect([(await shown()).isMuted, (await now()).muted]).toEqual([true, [ME]]);
  expect((await gateway.delete(path("/mute"))).status).toBe(204);
  expect([(await shown()).isMuted, (await now()).muted]).toEqual([false, []]);
  expect((await gateway.delete(path("/follow"))).status).toBe(204);
  expect((await now()).followers).toEqual([ALICE]);
  expect((await listed()).map(({ channelId }) => channelId)).not.toContain(channel.jid);
});

test("the channels that an account follows come in pages", async () => {
  const more = await gateway.wa.channel({ name: "More" });
  await gateway.wa.changeChannel(channel, { follow: [ME] });
  await gateway.wa.changeChannel(more, { follow: [ME] });
  await expect.poll(async () => (await listed()).length).toBeGreaterThanOrEqual(2);
  const { headers, body } = await gateway.get<readonly ShownChannel[]>(
    "/instances/me/channels?limit=1",
  );
  expect(body).toHaveLength(1);
  const next = /<(.*)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? "";
  const rest = await gateway.get<readonly ShownChannel[]>(next);
  expect(rest.body[0]?.channelId.localeCompare(body[0]?.channelId ?? "")).toBe(1);
});

test("an account makes a channel, changes it, gives it a picture, and deletes it", async () => {
  const made = await gateway.post<ShownChannel>("/instances/me/channels", {
    name: " Mine ",
    description: "All about me",
  });
  expect(made).toMatchObject({ status: 201, body: { name: "Mine", role: "OWNER" } });
  channel = await gateway.wa.channelNow(made.body.channelId);
  expect(made.headers.get("location")).toBe(path());
  expect(channel).toMatchObject({ name: "Mine", description: "All about me", owner: ME });
  expect((await listed()).map(({ channelId }) => channelId)).toContain(channel.jid);

  const changed = await gateway.patch(path(), { name: "Ours", description: "" });
  expect(changed).toMatchObject({ status: 200, body: { name: "Ours" } });
  expect(await now()).toMatchObject({ name: "Ours", description: "" });

  const base64 = (await jpeg()).toString("base64");
  expect((await gateway.post(path("/picture"), { base64 })).status).toBe(204);
  expect((await now()).picture?.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(await shown()).toMatchObject({
    pictureUrl: expect.stringMatching(/^https:\/\/pps\.whatsapp\.net\//) as string,
  });
  expect((await gateway.delete(path("/picture"))).status).toBe(204);
  expect((await now()).picture).toBeUndefined();

  expect((await gateway.delete(path())).status).toBe(204);
  expect((await now()).isDeleted).toBe(true);
  expect((await listed()).map(({ channelId }) => channelId)).not.toContain(channel.jid);
  const { body: trail } = await gateway.get("/audit?action=deleteChannel");
  expect(JSON.stringify(trail)).toContain(channel.jid);
});

test("what others change is known at once, though the answer before is kept", async () => {
  await gateway.post(path("/follow"));
  expect((await shown()).name).toBe("News");
  await gateway.wa.changeChannel(channel, { name: "Other news" });
  await expect.poll(async () => (await shown()).name).toBe("Other news");
  await gateway.wa.changeChannel(channel, { mute: [ME] });
  await expect.poll(async () => (await shown()).isMuted).toBe(true);
});

test("what becomes of a channel is told to whoever follows it", async () => {
  const told = (change: Record<string, unknown>) =>
    gateway.event("me", "channel.update", ({ data }) => {
      const { id } = data["channel"] as { id: string };
      const said = Object.entries(data["channelChange"] as Record<string, unknown>);
      return id === channel.jid && said.every(([name, value]) => value === (change[name] ?? null));
    });
  await gateway.post(path("/follow"));
  await told({ isFollowed: true, name: "News", description: "Daily", state: "ACTIVE" });
  await gateway.wa.changeChannel(channel, { name: "Old news" });
  await told({ name: "Old news", description: "Daily" });
  await gateway.wa.changeChannel(channel, { mute: [ME] });
  await told({ isMuted: true });
  await gateway.wa.changeChannel(channel, { isDeleted: true });
  await told({ state: "DELETED" });
  const { chat } = await gateway.graphql<{ chat: { name: string } }>(
    `query ($id: ID!) { chat(instanceId: "me", id: $id) { name } }`,
    { id: channel.jid },
  );
  expect(chat.name).toBe("Old news");
});

test.each([
  ["PATCH", "", { name: "x" }],
  ["DELETE", "", undefined],
  ["DELETE", "/picture", undefined],
  ["POST", "/mute", undefined],
])("%s %s of somebody else's channel is not allowed", async (method, what, body) => {
  const reply = await gateway.send<ErrorReply>(method, path(what), {
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  expect(reply).toMatchObject({
    status: 403,
    body: { error: { code: "NOT_ALLOWED", details: { whatsappCode: 403 } } },
  });
  expect(await now()).toMatchObject({ name: "News", isDeleted: false, muted: [] });
});

test("a channel that was deleted is gone for everybody, with WhatsApp's number", async () => {
  await gateway.wa.changeChannel(channel, { isDeleted: true });
  expect((await gateway.get(path())).status).toBe(404);
  expect(await gateway.post(path("/follow"))).toMatchObject({
    status: 404,
    body: { error: { code: "CHANNEL_NOT_FOUND", details: { whatsappCode: 410 } } },
  });
  const invited = await gateway.get(`/instances/me/channelInvites/${channel.inviteCode}`);
  expect(invited).toMatchObject({ status: 422, body: { error: { code: "INVITE_INVALID" } } });
});

test.each([
  [
    "an unknown channel",
    "POST",
    "/channels/120363999999999999/follow",
    {},
    404,
    "CHANNEL_NOT_FOUND",
  ],
  [
    "an unknown channel",
    "GET",
    "/channels/120363999999999999",
    undefined,
    404,
    "CHANNEL_NOT_FOUND",
  ],
  ["an unknown link", "GET", "/channelInvites/0029VaNobodyKnows", undefined, 422, "INVITE_INVALID"],
  ["no link", "GET", "/channelInvites/x", undefined, 422, "INVITE_INVALID"],
  ["a group", "GET", "/channels/120363000000000001@g.us", undefined, 400, "BAD_INPUT"],
  ["no name", "POST", "/channels", { name: " " }, 400, "BAD_INPUT"],
  ["nothing to change", "PATCH", "/channels/120363400000000001", {}, 400, "BAD_INPUT"],
] as const)("%s is refused: %s %s", async (_what, method, what, body, status, code) => {
  const reply = await gateway.send<ErrorReply>(method, `/instances/me${what}`, {
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
});

test("an account reacts to a post by its number, with another emoji, and takes it back", async () => {
  await gateway.post(path("/follow"));
  const { serverId } = await gateway.wa.post(channel, { text: "extra" });
  const react = (emoji?: string, id = serverId) =>
    gateway.post<ErrorReply>(
      path(`/messages/${id}/reaction`),
      emoji === undefined ? {} : { emoji },
    );
  expect((await react("👍")).status).toBe(204);
  expect(await reactions()).toEqual([[ME, "👍"]]);
  expect((await react("❤️")).status).toBe(204);
  expect(await reactions()).toEqual([[ME, "❤️"]]);
  expect((await react()).status).toBe(204);
  expect(await reactions()).toEqual([]);
  expect(await react("👍", 99)).toMatchObject({
    status: 404,
    body: { error: { code: "MESSAGE_NOT_FOUND" } },
  });
  expect((await react("nice")).body.error.code).toBe("BAD_INPUT");
  await gateway.delete(path("/follow"));
  expect(await react("👍")).toMatchObject({
    status: 422,
    body: { error: { code: "SEND_REJECTED", details: { whatsappCode: 403 } } },
  });
});
