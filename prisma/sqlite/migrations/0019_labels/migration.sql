-- CreateTable
CREATE TABLE "Label" (
    "instanceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "color" INTEGER NOT NULL,
    "predefinedId" INTEGER,
    "deleted" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("instanceId", "id"),
    CONSTRAINT "Label_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ChatLabel" (
    "instanceId" TEXT NOT NULL,
    "chatId" TEXT NOT NULL,
    "labelId" TEXT NOT NULL,

    PRIMARY KEY ("instanceId", "chatId", "labelId"),
    CONSTRAINT "ChatLabel_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MessageLabel" (
    "messageUid" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "labelId" TEXT NOT NULL,

    PRIMARY KEY ("messageUid", "labelId"),
    CONSTRAINT "MessageLabel_messageUid_fkey" FOREIGN KEY ("messageUid") REFERENCES "Message" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "ChatLabel_instanceId_labelId_idx" ON "ChatLabel"("instanceId", "labelId");

-- CreateIndex
CREATE INDEX "MessageLabel_instanceId_labelId_idx" ON "MessageLabel"("instanceId", "labelId");
