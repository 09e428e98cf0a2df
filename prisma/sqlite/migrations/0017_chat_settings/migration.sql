-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Chat" (
    "instanceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pn" TEXT,
    "lid" TEXT,
    "kind" TEXT NOT NULL,
    "subject" TEXT,
    "activeAt" DATETIME NOT NULL,
    "unreadCount" INTEGER NOT NULL DEFAULT 0,
    "archived" BOOLEAN NOT NULL DEFAULT false,
    "pinnedAt" DATETIME,
    "muted" BOOLEAN NOT NULL DEFAULT false,
    "mutedUntil" DATETIME,
    "markedUnread" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("instanceId", "id"),
    CONSTRAINT "Chat_instanceId_fkey" FOREIGN KEY ("instanceId") REFERENCES "Instance" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Chat" ("activeAt", "id", "instanceId", "kind", "lid", "pn", "subject", "unreadCount") SELECT "activeAt", "id", "instanceId", "kind", "lid", "pn", "subject", "unreadCount" FROM "Chat";
DROP TABLE "Chat";
ALTER TABLE "new_Chat" RENAME TO "Chat";
CREATE INDEX "Chat_instanceId_pn_idx" ON "Chat"("instanceId", "pn");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
