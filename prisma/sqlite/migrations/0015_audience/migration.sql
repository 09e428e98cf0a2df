-- AlterTable
ALTER TABLE "Message" ADD COLUMN "audience" TEXT;
