-- CreateTable
CREATE TABLE "Chat" (
    "instanceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pn" TEXT,
    "lid" TEXT,
    "kind" TEXT NOT NULL,
    "subject" TEXT,
    "activeAt" DATETIME NOT NULL,
    "unreadCount" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("instanceId", "id"),
    CONSTRAINT "Chat_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Contact" (
    "instanceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pn" TEXT,
    "lid" TEXT,
    "pushName" TEXT,
    "renamedAt" DATETIME,
    "sortKey" TEXT NOT NULL,

    PRIMARY KEY ("instanceId", "id"),
    CONSTRAINT "Contact_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Chat_instanceId_pn_idx" ON "Chat"("instanceId", "pn");

-- CreateIndex
CREATE INDEX "Contact_instanceId_pn_idx" ON "Contact"("instanceId", "pn");

-- CreateIndex
CREATE INDEX "Contact_instanceId_sortKey_id_idx" ON "Contact"("instanceId", "sortKey", "id");

-- CreateIndex
CREATE INDEX "Message_instanceId_senderId_timestamp_uid_idx" ON "Message"("instanceId", "senderId", "timestamp", "uid");

-- From here on by hand: what is known already has its chats and contacts, too.

-- People are who wrote, and who was written to. One whose number and LID were once told together is one person,
-- whichever of the two a message names.
INSERT INTO "Contact" ("instanceId", "id", "pn", "lid", "sortKey")
WITH "Seen" AS (
    SELECT "instanceId", "senderPn" AS "pn", "senderLid" AS "lid" FROM "Message" WHERE NOT "fromMe"
    UNION
    SELECT "instanceId", "chatPn", "chatLid" FROM "Message" WHERE "chatId" <> "senderId"
), "Joined" AS (
    SELECT "instanceId", "pn", max("lid") AS "lid" FROM "Seen"
    WHERE "pn" IS NOT NULL AND "lid" IS NOT NULL GROUP BY "instanceId", "pn"
), "Person" AS (
    SELECT s."instanceId", s."pn", coalesce(s."lid", j."lid") AS "lid"
    FROM "Seen" AS s LEFT JOIN "Joined" AS j ON j."instanceId" = s."instanceId" AND j."pn" = s."pn"
    WHERE s."pn" IS NOT NULL OR s."lid" IS NOT NULL
)
SELECT "instanceId", coalesce("lid", "pn") AS "person", max("pn"), "lid", ''
FROM "Person" GROUP BY "instanceId", "person";

UPDATE "Contact" SET "pushName" = (
    SELECT m."senderName" FROM "Message" AS m
    WHERE m."instanceId" = "Contact"."instanceId" AND m."senderId" IN ("Contact"."id", "Contact"."pn")
      AND NOT m."fromMe" AND m."senderName" <> ''
    ORDER BY m."timestamp" DESC LIMIT 1
);

-- SQLite alone cannot take accents off: the next message of a person does.
UPDATE "Contact" SET "sortKey" = lower(coalesce("pushName", substr(coalesce("pn", "id"), 1, instr(coalesce("pn", "id"), '@') - 1)));

-- What was received since the account last wrote there counts as unread: that it read elsewhere was never kept.
INSERT INTO "Chat" ("instanceId", "id", "pn", "lid", "kind", "activeAt", "unreadCount")
WITH "Written" AS (
    SELECT m."instanceId", m."chatPn" AS "pn", m."fromMe", m."kind", m."timestamp",
      coalesce(m."chatLid", (
        SELECT c."id" FROM "Contact" AS c WHERE c."instanceId" = m."instanceId" AND c."pn" = m."chatPn"
        ORDER BY c."lid" DESC LIMIT 1
      ), m."chatId") AS "chat"
    FROM "Message" AS m
    WHERE m."change" IS NULL AND (m."status" IS NULL OR m."status" IN ('SERVER_ACK', 'DELIVERED', 'READ', 'PLAYED'))
), "Answered" AS (
    SELECT *, max("timestamp") FILTER (WHERE "fromMe") OVER (PARTITION BY "instanceId", "chat") AS "answeredAt"
    FROM "Written"
)
SELECT "instanceId", "chat", max("pn"), iif("chat" LIKE '%@lid', "chat", NULL),
  CASE WHEN "chat" LIKE '%@g.us' THEN 'GROUP' WHEN "chat" LIKE '%@newsletter' THEN 'CHANNEL'
    WHEN "chat" = 'status@broadcast' THEN 'STATUS' ELSE 'DIRECT' END,
  max("timestamp"),
  count(*) FILTER (WHERE NOT "fromMe" AND "kind" <> 'UNDECRYPTABLE' AND "timestamp" > coalesce("answeredAt", 0))
FROM "Answered" GROUP BY "instanceId", "chat";

-- The log still knows what groups are called, as far back as it is kept.
INSERT INTO "Chat" ("instanceId", "id", "kind", "subject", "activeAt")
SELECT e."instanceId", e."chatId", 'GROUP', json_extract(e."data", '$.change.subject'), e."occurredAt"
FROM "Event" AS e JOIN "Instance" AS i ON i."id" = e."instanceId"
WHERE e."type" = 'group.update' AND json_extract(e."data", '$.change.subject') IS NOT NULL
ORDER BY e."position"
ON CONFLICT ("instanceId", "id") DO UPDATE SET "subject" = excluded."subject";
