-- CreateTable
CREATE TABLE "PollVote" (
    "messageUid" TEXT NOT NULL,
    "voterId" TEXT NOT NULL,
    "voterPn" TEXT,
    "voterLid" TEXT,
    "voterName" TEXT,
    "fromMe" BOOLEAN NOT NULL,
    "options" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("messageUid", "voterId"),
    CONSTRAINT "PollVote_messageUid_fkey" FOREIGN KEY ("messageUid") REFERENCES "Message" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);
