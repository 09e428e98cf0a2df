-- AlterTable
ALTER TABLE "Message" ADD COLUMN "change" TEXT;
