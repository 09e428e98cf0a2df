-- AlterTable
ALTER TABLE "Message" ADD COLUMN "deletedAt" DATETIME;
ALTER TABLE "Message" ADD COLUMN "editedAt" DATETIME;
ALTER TABLE "Message" ADD COLUMN "extras" TEXT;

-- CreateTable
CREATE TABLE "Reaction" (
    "messageUid" TEXT NOT NULL,
    "senderId" TEXT NOT NULL,
    "senderPn" TEXT,
    "senderLid" TEXT,
    "senderName" TEXT,
    "fromMe" BOOLEAN NOT NULL,
    "emoji" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("messageUid", "senderId"),
    CONSTRAINT "Reaction_messageUid_fkey" FOREIGN KEY ("messageUid") REFERENCES "Message" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);
