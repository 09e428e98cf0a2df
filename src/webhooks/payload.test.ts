import { expect, test } from "vitest";
import type { GatewayEvent } from "../domain/event.ts";
import type { EventId, InstanceId, WebhookId } from "../domain/ids.ts";
import { eventPayload } from "./payload.ts";
import { incoming } from "./testing/room.ts";

const AT = new Date("2026-01-02T03:04:05.678Z");

const draw = (text: string) => `<svg>${text}</svg>`;

async function dataOf(event: GatewayEvent): Promise<unknown> {
  const logged = { id: "evt_1" as EventId, position: 7, instanceId: "shop" as InstanceId, event };
  const payload = await eventPayload(
    { ...logged, occurredAt: AT, whileOffline: false },
    { cursor: "cursor", drawQr: draw, mediaOf: () => Promise.resolve(null) },
  );
  const { data, ...envelope } = payload;
  expect(envelope).toEqual({
    id: "evt_1",
    type: event.type,
    timestamp: "2026-01-02T03:04:05.678Z",
    instanceId: "shop",
    cursor: "cursor",
  });
  const { whileOffline, ...rest } = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  expect(whileOffline).toBe(false);
  return rest;
}

test("a QR code comes as text and as a picture", async () => {
  expect(await dataOf({ type: "qr.update", text: "2@abc", expiresAt: AT })).toEqual({
    qr: { text: "2@abc", svg: "<svg>2@abc</svg>", expiresAt: "2026-01-02T03:04:05.678Z" },
  });
});

test("connections open and close", async () => {
  expect(await dataOf({ type: "connection.open", phoneNumber: "55" })).toEqual({
    phoneNumber: "55",
  });
  const close = { code: 428, reason: "CONNECTION_LOST", willReconnect: true } as const;
  expect(await dataOf({ type: "connection.close", message: "lost", ...close })).toEqual({
    explanation: "lost",
    ...close,
  });
});

test("a message has the fields of the GraphQL type and no others", async () => {
  const { event } = incoming("hi");
  if (event.type !== "message.received") throw new Error("unreachable");
  const message = { ...event.message, timestamp: AT, secretOfOurs: "raw" };
  expect(await dataOf({ type: "message.sent", message, source: "DEVICE" })).toEqual({
    source: "DEVICE",
    message: {
      id: "ID-hi",
      instanceId: "shop",
      chat: { id: "111@lid", pn: null, lid: "111@lid" },
      sender: { id: "111@lid", pn: null, lid: "111@lid", name: "Ann" },
      fromMe: false,
      kind: "TEXT",
      text: "hi",
      timestamp: "2026-01-02T03:04:05.678Z",
      status: null,
      quotedId: null,
      media: null,
      mentions: [],
      mentionsAll: false,
      isViewOnce: false,
      forwardingScore: 0,
      disappearsAfter: null,
      albumId: null,
      serverId: null,
      linkPreview: null,
      error: null,
    },
  });
});

test("a webhook that was disabled says why", async () => {
  const webhookId = "wh_1" as WebhookId;
  expect(await dataOf({ type: "webhook.disabled", webhookId, reason: "gone" })).toEqual({
    webhookId,
    disabledReason: "gone",
  });
});
