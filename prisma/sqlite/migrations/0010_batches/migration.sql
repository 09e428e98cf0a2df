-- CreateTable
CREATE TABLE "Batch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "instanceId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "content" TEXT NOT NULL,
    "spacing" TEXT,
    "total" INTEGER NOT NULL,
    "examined" INTEGER NOT NULL DEFAULT 0,
    "scheduledAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    CONSTRAINT "Batch_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "BatchRecipient" (
    "batchId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "to" TEXT NOT NULL,
    "variables" TEXT,
    "messageUid" TEXT,
    "error" TEXT,

    PRIMARY KEY ("batchId", "number"),
    CONSTRAINT "BatchRecipient_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Batch_instanceId_id_idx" ON "Batch"("instanceId", "id");

-- CreateIndex
CREATE INDEX "Batch_state_doneAt_idx" ON "Batch"("state", "doneAt");
