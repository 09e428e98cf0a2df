-- DropIndex
DROP INDEX "Delivery_webhookId_nextAt_idx";

-- CreateIndex
CREATE INDEX "Delivery_webhookId_state_nextAt_replayed_position_idx" ON "Delivery"("webhookId", "state", "nextAt", "replayed", "position");
