-- CreateTable
CREATE TABLE "EventResponse" (
    "messageUid" TEXT NOT NULL,
    "senderId" TEXT NOT NULL,
    "senderPn" TEXT,
    "senderLid" TEXT,
    "senderName" TEXT,
    "fromMe" BOOLEAN NOT NULL,
    "attendance" TEXT NOT NULL,
    "extraGuests" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("messageUid", "senderId"),
    CONSTRAINT "EventResponse_messageUid_fkey" FOREIGN KEY ("messageUid") REFERENCES "Message" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);
