-- AlterTable
ALTER TABLE "Instance" ADD COLUMN "proxy" BLOB;
