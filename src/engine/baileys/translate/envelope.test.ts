import { expect, test } from "vitest";
import { envelopeOf, envelopeOfKey, type Self } from "./envelope.ts";
import type { Attributes } from "./names.ts";

const me = {
  id: "900@lid",
  pn: "111@s.whatsapp.net",
  lid: "900@lid",
  name: "Me",
} as unknown as Self;
const base = { id: "3EB0", t: "1700000000", notify: "Ana" };
const PN = "222@s.whatsapp.net";
const LID = "800@lid";

const stanzas: readonly (readonly [string, Attributes, object])[] = [
  [
    "addressed by number",
    { ...base, from: "222:3@s.whatsapp.net", sender_lid: LID },
    {
      chat: ["222:3@s.whatsapp.net", LID],
      sender: ["222:3@s.whatsapp.net", LID],
      fromMe: false,
      senderName: "Ana",
      timestamp: new Date(1_700_000_000_000),
      whileOffline: false,
    },
  ],
  [
    "addressed by LID",
    { ...base, from: LID, sender_pn: PN, addressing_mode: "lid", offline: "0" },
    { chat: [LID, PN], sender: [LID, PN], whileOffline: true },
  ],
  [
    "in a group",
    { ...base, from: "1@g.us", participant: LID, participant_pn: PN },
    { chat: ["1@g.us"], sender: [LID, PN], fromMe: false },
  ],
  [
    "from our phone",
    { ...base, from: "111@s.whatsapp.net", recipient: PN, recipient_lid: LID },
    { chat: [PN, LID], sender: [me.lid, me.pn], fromMe: true, senderName: "Me" },
  ],
  [
    "from our phone, by LID",
    { ...base, from: "900:0@lid", recipient: LID, peer_recipient_pn: PN },
    { chat: [LID, PN], fromMe: true },
  ],
  [
    "from our phone into a group",
    { ...base, from: "1@g.us", participant: "900@lid" },
    { chat: ["1@g.us"], sender: [me.lid, me.pn], fromMe: true },
  ],
  [
    "that is a status",
    { ...base, from: "status@broadcast", participant: LID, participant_pn: PN },
    { chat: ["status@broadcast"], sender: [LID, PN], fromMe: false },
  ],
  [
    "of a broadcast list, which is shown in the chat of its sender",
    { ...base, from: "5@broadcast", participant: PN },
    { chat: [PN], sender: [PN] },
  ],
];

test.each(stanzas)("a message %s", (_, attributes, expected) => {
  expect(envelopeOf(attributes, me)).toMatchObject(expected);
});

test.each([
  ["a channel", { ...base, from: "1@newsletter" }],
  ["a stanza without an id", { from: PN }],
  ["a stanza without a sender", base],
])("%s is no message", (_, attributes) => {
  expect(envelopeOf(attributes, me)).toBeUndefined();
});

test("a key of Baileys tells the same as the stanza it was made of", () => {
  const inGroup = { id: "3EB0", remoteJid: "1@g.us", participant: LID, participantAlt: PN };
  expect(envelopeOfKey({ key: inGroup, pushName: "Ana" }, me, true)).toMatchObject({
    chat: ["1@g.us"],
    sender: [LID, PN],
    senderName: "Ana",
    whileOffline: true,
  });
  const own = { id: "3EB0", remoteJid: PN, remoteJidAlt: LID, fromMe: true };
  expect(envelopeOfKey({ key: own, messageTimestamp: 1_700_000_000 }, me, false)).toMatchObject({
    chat: [PN, LID],
    sender: [me.lid, me.pn],
    timestamp: new Date(1_700_000_000_000),
  });
  const status = { id: "3EB0", remoteJid: "status@broadcast", participant: LID };
  expect(envelopeOfKey({ key: status }, me, false)).toMatchObject({
    chat: ["status@broadcast"],
    sender: [LID],
  });
});
