-- AlterTable
ALTER TABLE "Message" ADD COLUMN "keptAt" DATETIME;
ALTER TABLE "Message" ADD COLUMN "pinnedUntil" DATETIME;
