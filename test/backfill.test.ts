import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { createChats } from "../src/directory/chat-room.ts";
import { listMessages } from "../src/messages/list.ts";
import { openDatabase } from "../src/store/database.ts";
import { putOlder } from "./support/older-database.ts";
import { tempDir } from "./support/temp-database.ts";

const PN = "5511999990002@s.whatsapp.net";
const LID = "20002@lid";
const BOB = "20003@lid";
const CARL = "5511999990004@s.whatsapp.net";
const GROUP = "120363000000000001@g.us";
const ME = "20001@lid";

interface Stored {
  readonly chat: readonly [id: string, pn?: string | null];
  readonly sender?: readonly [id: string, pn: string | null, name: string | null];
  readonly status?: string;
  readonly kind?: string;
}

/** In the order in which they were written, a second apart. */
const MESSAGES: readonly Stored[] = [
  { chat: [PN, PN], sender: [PN, PN, "Alice"] },
  { chat: [PN, PN], status: "READ" },
  { chat: [LID, PN], sender: [LID, PN, "Alícia"] },
  { chat: [GROUP], sender: [BOB, null, "Bob"] },
  { chat: [GROUP], sender: [BOB, null, "Bob"], kind: "UNDECRYPTABLE" },
  { chat: [PN, PN], sender: [PN, PN, null] },
  { chat: [CARL, CARL], status: "SERVER_ACK" },
  { chat: [GROUP], status: "FAILED" },
];

const lidOf = (id: string): string | null => (id.endsWith("@lid") ? id : null);

const at = (index: number): Date => new Date(1_700_000_000_000 + index * 1_000);

function fill(file: string): void {
  using database = new DatabaseSync(file);
  database.exec(
    `INSERT INTO "Instance" (id, status, "createdAt") VALUES ('me', 'OPEN', 0), ('other', 'OPEN', 0)`,
  );
  const insert = database.prepare(`
    INSERT INTO "Message" (uid, "instanceId", identity, id, "chatId", "chatPn", "chatLid", "senderId", "senderPn",
      "senderLid", "senderName", "fromMe", kind, text, timestamp, status, "createdAt")
    VALUES (:uid, :instance, :uid, :uid, :chat, :chatPn, :chatLid, :sender, :senderPn, :senderLid, :name, :fromMe,
      :kind, :text, :at, :status, 0)`);
  for (const instance of ["me", "other"]) {
    // The other account knows the first two alone.
    for (const [index, each] of MESSAGES.slice(
      0,
      instance === "me" ? MESSAGES.length : 2,
    ).entries()) {
      const [chat, chatPn = null] = each.chat;
      const [sender, senderPn, name] = each.sender ?? [ME, null, "Me"];
      insert.run({
        uid: `${instance}-${index}`,
        instance,
        chat,
        chatPn,
        chatLid: lidOf(chat),
        sender,
        senderPn,
        senderLid: lidOf(sender),
        name,
        fromMe: each.sender ? 0 : 1,
        kind: each.kind ?? "TEXT",
        text: `Message ${index}`,
        at: at(index).getTime(),
        status: each.status ?? null,
      });
    }
  }
  database.exec(`UPDATE "Message" SET "deletedAt" = 1 WHERE uid = 'me-7'`);
  const event = database.prepare(`
    INSERT INTO "Event" (position, id, "instanceId", type, "chatId", "occurredAt", "whileOffline", data, "loggedAt")
    VALUES (?, ?, ?, 'group.update', ?, 1700000000000, 0, ?, 0)`);
  const subjects = [
    ["me", "First"],
    ["me", "Us"],
    ["gone", "Nobody's"],
    ["me", null],
  ] as const;
  for (const [index, [instance, subject]] of subjects.entries()) {
    event.run(index + 1, `e${index}`, instance, GROUP, JSON.stringify({ change: { subject } }));
  }
}

test("a database from before there were chats has them, and contacts, from its messages", async () => {
  using dir = tempDir();
  const file = join(dir.path, "wagraph.db");
  await putOlder(file, "chats");
  fill(file);
  await using database = await openDatabase({ dataDir: dir.path, url: `file:${file}` });
  const chats = createChats(database);
  const page = { instanceId: "me", limit: 50, from: "START" } as const;
  const listed = await chats.list(page);
  const usual = {
    archived: false,
    pinnedAt: null,
    muted: false,
    mutedUntil: null,
    markedUnread: false,
  };
  expect(listed.entries.map(({ cursor, instanceId, ...chat }) => chat)).toEqual([
    {
      id: CARL,
      pn: CARL,
      lid: null,
      kind: "DIRECT",
      name: null,
      activeAt: at(6),
      unreadCount: 0,
      ...usual,
    },
    {
      id: LID,
      pn: PN,
      lid: LID,
      kind: "DIRECT",
      name: "Alícia",
      activeAt: at(5),
      unreadCount: 2,
      ...usual,
    },
    {
      id: GROUP,
      pn: null,
      lid: null,
      kind: "GROUP",
      name: "Us",
      activeAt: at(4),
      unreadCount: 1,
      ...usual,
    },
  ]);
  const contacts = await chats.contacts(page);
  expect(contacts.entries.map(({ cursor, instanceId, ...contact }) => contact)).toEqual([
    { id: CARL, pn: CARL, lid: null, pushName: null, lastSeenAt: null },
    { id: LID, pn: PN, lid: LID, pushName: "Alícia", lastSeenAt: at(5) },
    { id: BOB, pn: null, lid: BOB, pushName: "Bob", lastSeenAt: at(4) },
  ]);
  const search = { instanceId: "me", limit: 5, from: "NEWEST", text: "message" } as const;
  const found = await listMessages(database.read, search);
  expect(found.messages.map(({ message: { text } }) => text)).toEqual(
    [6, 5, 4, 3, 2].map((index) => `Message ${index}`),
  );
  const other = await chats.list({ ...page, instanceId: "other" });
  expect(other.entries).toMatchObject([{ id: PN, lid: null, name: "Alice", unreadCount: 0 }]);
});
