-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "hash" BLOB NOT NULL,
    "oldHash" BLOB,
    "oldUntil" DATETIME,
    "scopes" TEXT NOT NULL,
    "instances" TEXT,
    "cidrs" TEXT,
    "ratePerMinute" INTEGER,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME,
    "revokedAt" DATETIME,
    "lastUsedAt" DATETIME,
    "lastUsedFrom" TEXT
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "position" BIGINT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "keyId" TEXT,
    "actor" TEXT NOT NULL,
    "address" TEXT,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "instanceId" TEXT,
    "result" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "hash" BLOB NOT NULL
);

-- CreateIndex
CREATE INDEX "ApiKey_createdAt_id_idx" ON "ApiKey"("createdAt", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_keyId_position_idx" ON "AuditEntry"("keyId", "position");

-- CreateIndex
CREATE INDEX "AuditEntry_instanceId_position_idx" ON "AuditEntry"("instanceId", "position");

-- CreateIndex
CREATE INDEX "AuditEntry_action_position_idx" ON "AuditEntry"("action", "position");
