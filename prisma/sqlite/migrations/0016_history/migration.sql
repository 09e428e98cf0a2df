-- AlterTable
ALTER TABLE "Instance" ADD COLUMN "history" TEXT;
