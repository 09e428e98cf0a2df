import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("who is online is told to those who watch and are online themselves", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  await using client = await Client.linked(wa, me);
  client.creds.me = { id: me.jid, ...client.creds.me, name: "Me" };
  const { socket } = client;
  const heard: unknown[] = [];
  socket.ev.on("presence.update", ({ presences }) => heard.push(...Object.values(presences)));

  await socket.presenceSubscribe(alice.jid);
  await alice.showPresence(true);
  await alice.type(ME, "composing");
  expect(me.isOnline).toBe(false);
  await socket.sendPresenceUpdate("available");
  await expect.poll(() => me.isOnline).toBe(true);
  expect(heard).toEqual([]);

  await alice.type(ME, "recording");
  await alice.showPresence(false, 1_700_000_000);
  await alice.showPresence(false, null);
  await socket.presenceSubscribe(alice.jid);
  await expect.poll(() => heard).toHaveLength(4);
  const away = { lastKnownPresence: "unavailable" };
  expect(heard).toMatchObject([
    { lastKnownPresence: "recording" },
    { ...away, lastSeen: 1_700_000_000 },
    away,
    away,
  ]);
});

test("a phone sees who types, in a chat and in a group", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  const alice = await wa.account(ALICE);
  const group = await wa.group({ subject: "Us", participants: [ALICE, ME] });
  await using client = await Client.linked(wa, me);
  await client.socket.sendPresenceUpdate("composing", alice.lid);
  await client.socket.sendPresenceUpdate("recording", group.jid);
  await client.socket.sendPresenceUpdate("paused", group.jid);
  await expect
    .poll(() => alice.typing)
    .toEqual([
      { from: ME, chat: ME, typing: "composing" },
      { from: ME, chat: group.jid, typing: "recording" },
      { from: ME, chat: group.jid, typing: "paused" },
    ]);
});
