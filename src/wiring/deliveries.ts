import type { EventLog } from "../events/event-log.ts";
import type { Log } from "../lib/log.ts";
import { qrSvg } from "../lib/qr.ts";
import type { MediaRoom } from "../media/media.ts";
import { attachmentsOf } from "../media/media.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { PrivateTargets } from "../outbound/private-targets.ts";
import { judgeUrl } from "../outbound/url.ts";
import type { Overrides } from "../overrides.ts";
import type { Database } from "../store/database.ts";
import type { WebhookBell } from "../webhooks/bell.ts";
import { startWebhooks } from "../webhooks/start.ts";

export interface DeliveryParts {
  readonly database: Database;
  readonly events: EventLog;
  readonly bell: WebhookBell;
  readonly outbound: Outbound;
  readonly privateTargets: PrivateTargets;
  readonly media: MediaRoom;
  /** How receivers reach the gateway. */
  readonly baseUrl: () => string;
  readonly log: Log;
}

/** The webhooks and what carries their deliveries out. */
export function openDeliveries(
  { database, events, bell, outbound, privateTargets, media, baseUrl, log }: DeliveryParts,
  { step, webhookRetryDelays: retryDelays }: Overrides,
) {
  return startWebhooks({
    database,
    bell,
    append: events.appendWithin.bind(events),
    cursorAt: (position) => events.cursorAt(position),
    positionOf: (after) => events.positionOf(after),
    extent: () => events.extent,
    judgeUrl: (address) => judgeUrl(address, privateTargets),
    post: outbound.request.bind(outbound),
    drawQr: qrSvg,
    attachments: attachmentsOf(media, baseUrl),
    log,
    step,
    retryDelays,
  });
}
