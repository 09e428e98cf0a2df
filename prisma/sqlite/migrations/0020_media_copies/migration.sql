-- CreateTable
CREATE TABLE "MediaCopy" (
    "messageUid" TEXT NOT NULL PRIMARY KEY,
    "instanceId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "fileId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" DATETIME,
    "error" TEXT,
    CONSTRAINT "MediaCopy_messageUid_fkey" FOREIGN KEY ("messageUid") REFERENCES "Message" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MediaFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "instanceId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "storedAt" DATETIME,
    "broughtAt" DATETIME NOT NULL,
    "unused" BOOLEAN NOT NULL DEFAULT false
);

-- CreateIndex
CREATE INDEX "MediaCopy_fileId_idx" ON "MediaCopy"("fileId");

-- CreateIndex
CREATE INDEX "MediaCopy_dueAt_idx" ON "MediaCopy"("dueAt");

-- CreateIndex
CREATE INDEX "MediaFile_instanceId_sha256_idx" ON "MediaFile"("instanceId", "sha256");

-- CreateIndex
CREATE INDEX "MediaFile_unused_broughtAt_idx" ON "MediaFile"("unused", "broughtAt");

-- From here on by hand. Triggers, so that no way of deleting an account, a message or what it said can pass the files by.
-- A migration that makes "MediaCopy" or "Message" anew must make them anew, because a table's triggers go with it.
CREATE TRIGGER "MediaCopy_deleted" AFTER DELETE ON "MediaCopy" WHEN old."fileId" IS NOT NULL
BEGIN
    UPDATE "MediaFile" SET "unused" = true WHERE "id" = old."fileId"
        AND NOT EXISTS (SELECT 1 FROM "MediaCopy" WHERE "fileId" = old."fileId");
END;

CREATE TRIGGER "Message_media_deleted" AFTER UPDATE OF "deletedAt" ON "Message"
WHEN new."deletedAt" IS NOT NULL AND new."media" IS NOT NULL
BEGIN
    DELETE FROM "MediaCopy" WHERE "messageUid" = new."uid";
END;
