-- AlterTable
ALTER TABLE "Message" ADD COLUMN "starredAt" DATETIME;
