-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN "mac" BLOB;

-- AlterTable
ALTER TABLE "Event" ADD COLUMN "sealed" BLOB;
