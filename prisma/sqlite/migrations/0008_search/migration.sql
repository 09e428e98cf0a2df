-- CreateTable
CREATE TABLE "MessageText" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "messageUid" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "MessageTextDue" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "messageUid" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "MessageText_messageUid_key" ON "MessageText"("messageUid");

-- From here on by hand: an index of words (FTS5), which holds no second copy of the texts. `place` is the account,
-- the chat and the sender as one word each, so that a word that others write often makes no search slow.
CREATE VIRTUAL TABLE "MessageSearch" USING fts5(
    "place", "text", content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
);

-- Triggers, so that no way of writing, editing or deleting a message can pass the index by; and no more than a note
-- each, since every message that comes in pays for it: the index is brought up to date many messages at a time. A
-- migration that makes "Message" anew must make them anew, because a table's triggers go with it.
CREATE TRIGGER "Message_text_inserted" AFTER INSERT ON "Message" WHEN new."text" <> '' AND new."change" IS NULL
BEGIN
    INSERT INTO "MessageTextDue" ("messageUid") VALUES (new."uid");
END;

CREATE TRIGGER "Message_text_updated" AFTER UPDATE OF "text", "timestamp", "deletedAt" ON "Message"
WHEN old."text" IS NOT new."text" OR old."timestamp" <> new."timestamp" OR old."deletedAt" IS NOT new."deletedAt"
BEGIN
    INSERT INTO "MessageTextDue" ("messageUid") VALUES (new."uid");
END;

CREATE TRIGGER "Message_text_deleted" AFTER DELETE ON "Message" WHEN old."text" <> ''
BEGIN
    INSERT INTO "MessageTextDue" ("messageUid") VALUES (old."uid");
END;

-- What is there already is found, too.
INSERT INTO "MessageText" ("id", "messageUid")
SELECT ("timestamp" / 1000 << 20) + row_number() OVER (PARTITION BY "timestamp" / 1000 ORDER BY "timestamp", "uid"), "uid"
FROM "Message" WHERE "text" <> '' AND "deletedAt" IS NULL AND "change" IS NULL ORDER BY 1;

INSERT INTO "MessageSearch" (rowid, "place", "text")
SELECT t."id", hex(m."instanceId") || ' ' || hex(m."chatId") || ' ' || hex(m."senderId"), m."text"
FROM "MessageText" AS t JOIN "Message" AS m ON m."uid" = t."messageUid" ORDER BY t."id";
