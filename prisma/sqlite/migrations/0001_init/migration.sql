-- CreateTable
CREATE TABLE "Event" (
    "position" BIGINT NOT NULL PRIMARY KEY,
    "id" TEXT NOT NULL,
    "instanceId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "chatId" TEXT,
    "chatPn" TEXT,
    "occurredAt" DATETIME NOT NULL,
    "whileOffline" BOOLEAN NOT NULL,
    "data" TEXT NOT NULL,
    "loggedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "LogHead" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "logId" TEXT NOT NULL,
    "head" BIGINT NOT NULL,
    "oldest" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Instance" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT,
    "status" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "linkedAt" DATETIME,
    "phoneNumber" TEXT,
    "pn" TEXT,
    "lid" TEXT,
    "profileName" TEXT,
    "lastDisconnect" TEXT,
    "pacing" TEXT,
    "restriction" TEXT,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Credentials" (
    "instanceId" TEXT NOT NULL PRIMARY KEY,
    "sealed" BLOB NOT NULL,
    "setAside" BLOB,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Credentials_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SignalKey" (
    "instanceId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "sealed" BLOB NOT NULL,

    PRIMARY KEY ("instanceId", "type", "id"),
    CONSTRAINT "SignalKey_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "InboxRow" (
    "instanceId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "stanza" TEXT NOT NULL,
    "plaintext" BLOB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "doneAt" DATETIME,

    PRIMARY KEY ("instanceId", "hash"),
    CONSTRAINT "InboxRow_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Message" (
    "uid" TEXT NOT NULL PRIMARY KEY,
    "instanceId" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "chatId" TEXT NOT NULL,
    "chatPn" TEXT,
    "chatLid" TEXT,
    "senderId" TEXT NOT NULL,
    "senderPn" TEXT,
    "senderLid" TEXT,
    "senderName" TEXT,
    "fromMe" BOOLEAN NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT,
    "timestamp" DATETIME NOT NULL,
    "status" TEXT,
    "quotedId" TEXT,
    "media" TEXT,
    "error" TEXT,
    "raw" BLOB,
    "source" TEXT,
    "intent" TEXT,
    "expiresAt" DATETIME,
    "scheduledAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Message_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MessageReceipt" (
    "messageUid" TEXT NOT NULL,
    "participantId" TEXT NOT NULL,
    "participantPn" TEXT,
    "participantLid" TEXT,
    "status" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("messageUid", "participantId"),
    CONSTRAINT "MessageReceipt_messageUid_fkey" FOREIGN KEY ("messageUid") REFERENCES "Message" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "instanceId" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "arguments" TEXT NOT NULL,
    "messageUid" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("instanceId", "operation", "key"),
    CONSTRAINT "IdempotencyKey_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Meta" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "Webhook" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "instanceId" TEXT,
    "url" TEXT NOT NULL,
    "description" TEXT,
    "events" TEXT NOT NULL,
    "chatKinds" TEXT,
    "direction" TEXT,
    "headers" BLOB,
    "secret" BLOB NOT NULL,
    "oldSecret" BLOB,
    "oldSecretUntil" DATETIME,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "disabledReason" TEXT,
    "ordering" TEXT NOT NULL DEFAULT 'PER_CHAT',
    "retryDelays" TEXT,
    "failingSince" DATETIME,
    "inlineMedia" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Webhook_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "webhookId" TEXT NOT NULL,
    "position" BIGINT,
    "eventId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" TEXT,
    "lane" TEXT NOT NULL,
    "replayed" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextAt" DATETIME,
    "holdsUntil" DATETIME,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    CONSTRAINT "Delivery_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Attempt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "deliveryId" TEXT NOT NULL,
    "webhookId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "dnsMs" INTEGER,
    "connectMs" INTEGER,
    "firstByteMs" INTEGER,
    "status" INTEGER,
    "errorCode" TEXT,
    "error" TEXT,
    "response" TEXT,
    "nextAt" DATETIME,
    CONSTRAINT "Attempt_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "Delivery" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Replay" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "webhookId" TEXT NOT NULL,
    "after" BIGINT NOT NULL,
    "to" BIGINT NOT NULL,
    "total" INTEGER NOT NULL,
    "requeued" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    CONSTRAINT "Replay_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WebhookHour" (
    "webhookId" TEXT NOT NULL,
    "hour" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL,
    "delivered" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,

    PRIMARY KEY ("webhookId", "hour"),
    CONSTRAINT "WebhookHour_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Event_id_key" ON "Event"("id");

-- CreateIndex
CREATE INDEX "Event_instanceId_position_idx" ON "Event"("instanceId", "position");

-- CreateIndex
CREATE INDEX "Event_loggedAt_idx" ON "Event"("loggedAt");

-- CreateIndex
CREATE INDEX "Instance_createdAt_id_idx" ON "Instance"("createdAt", "id");

-- CreateIndex
CREATE INDEX "InboxRow_instanceId_doneAt_idx" ON "InboxRow"("instanceId", "doneAt");

-- CreateIndex
CREATE INDEX "InboxRow_doneAt_idx" ON "InboxRow"("doneAt");

-- CreateIndex
CREATE INDEX "Message_instanceId_timestamp_uid_idx" ON "Message"("instanceId", "timestamp", "uid");

-- CreateIndex
CREATE INDEX "Message_instanceId_chatId_timestamp_uid_idx" ON "Message"("instanceId", "chatId", "timestamp", "uid");

-- CreateIndex
CREATE INDEX "Message_instanceId_chatPn_uid_idx" ON "Message"("instanceId", "chatPn", "uid");

-- CreateIndex
CREATE INDEX "Message_instanceId_id_idx" ON "Message"("instanceId", "id");

-- CreateIndex
CREATE INDEX "Message_instanceId_status_uid_idx" ON "Message"("instanceId", "status", "uid");

-- CreateIndex
CREATE INDEX "Message_status_scheduledAt_idx" ON "Message"("status", "scheduledAt");

-- CreateIndex
CREATE INDEX "Message_status_expiresAt_idx" ON "Message"("status", "expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Message_instanceId_identity_key" ON "Message"("instanceId", "identity");

-- CreateIndex
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey"("createdAt");

-- CreateIndex
CREATE INDEX "Webhook_instanceId_idx" ON "Webhook"("instanceId");

-- CreateIndex
CREATE INDEX "Delivery_webhookId_state_replayed_position_idx" ON "Delivery"("webhookId", "state", "replayed", "position");

-- CreateIndex
CREATE INDEX "Delivery_webhookId_state_id_type_idx" ON "Delivery"("webhookId", "state", "id", "type");

-- CreateIndex
CREATE INDEX "Delivery_webhookId_nextAt_idx" ON "Delivery"("webhookId", "nextAt");

-- CreateIndex
CREATE INDEX "Delivery_webhookId_holdsUntil_idx" ON "Delivery"("webhookId", "holdsUntil");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_webhookId_position_key" ON "Delivery"("webhookId", "position");

-- CreateIndex
CREATE INDEX "Attempt_deliveryId_id_idx" ON "Attempt"("deliveryId", "id");

-- CreateIndex
CREATE INDEX "Attempt_webhookId_id_idx" ON "Attempt"("webhookId", "id");

-- CreateIndex
CREATE INDEX "Replay_webhookId_doneAt_idx" ON "Replay"("webhookId", "doneAt");

-- CreateIndex
CREATE INDEX "Replay_webhookId_id_idx" ON "Replay"("webhookId", "id");
