import { NO_EXTRAS } from "../../domain/content.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { addressOf } from "../../domain/address.ts";
import type { EventDraft } from "../../domain/event.ts";
import type { InstanceId, MessageId } from "../../domain/ids.ts";
import { EventLog } from "../../events/event-log.ts";
import { createLog } from "../../lib/log.ts";
import { createOutbound } from "../../outbound/outbound.ts";
import { parsePrivateTargets } from "../../outbound/private-targets.ts";
import { judgeUrl } from "../../outbound/url.ts";
import { openDatabase } from "../../store/database.ts";
import type { Database } from "../../store/database.ts";
import { Bell } from "../../lib/bell.ts";
import type { WebhookBell } from "../bell.ts";
import { deliveryProjection } from "../projection.ts";
import { startWebhooks } from "../start.ts";
import type { RunningWebhooks, WebhooksOptions } from "../start.ts";

export const INSTANCE = "shop" as InstanceId;

/** The webhooks of a gateway on a real database, a real log and the real HTTP client. */
export interface Room extends AsyncDisposable {
  readonly database: Database;
  readonly events: EventLog;
  readonly webhooks: RunningWebhooks;
}

export type RoomOptions = Partial<WebhooksOptions>;

export function newDataDir(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "wagraph-webhooks-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export async function openRoom(dataDir: string, options: RoomOptions = {}): Promise<Room> {
  await using stack = new AsyncDisposableStack();
  const database = stack.use(
    await openDatabase({ dataDir, url: `file:${join(dataDir, "wagraph.db")}` }),
  );
  const bell: WebhookBell = new Bell();
  const events = await EventLog.open(database, [deliveryProjection(bell.ring)]);
  const privateTargets = parsePrivateTargets(["127.0.0.0/8"]);
  const outbound = stack.use(createOutbound({ privateTargets }));
  await database.writer.write(({ db }) =>
    db.instance.upsert({
      where: { id: INSTANCE },
      create: { id: INSTANCE, status: "OPEN", createdAt: new Date() },
      update: {},
    }),
  );
  const webhooks = stack.use(
    await startWebhooks({
      database,
      bell,
      append: (tx, drafts) => events.appendWithin(tx, drafts),
      cursorAt: (position) => events.cursorAt(position),
      positionOf: (after) => events.positionOf(after),
      extent: () => events.extent,
      post: (request) => outbound.request(request),
      judgeUrl: (url) => judgeUrl(url, privateTargets),
      drawQr: () => "<svg/>",
      attachments: { urlOf: () => Promise.resolve(null), read: () => Readable.from([]) },
      log: createLog("silent"),
      ...options,
    }),
  );
  const open = stack.move();
  return { database, events, webhooks, [Symbol.asyncDispose]: () => open.disposeAsync() };
}

/** A message somebody wrote to us. */
export function incoming(
  text: string,
  chat = "111@lid",
  instanceId: InstanceId = INSTANCE,
): EventDraft {
  const address = addressOf(chat);
  const occurredAt = new Date();
  const event = {
    type: "message.received",
    message: {
      id: `ID-${text}` as MessageId,
      instanceId,
      chat: address,
      sender: { ...address, name: "Ann" },
      fromMe: false,
      kind: "TEXT",
      text,
      timestamp: occurredAt,
      status: null,
      quotedId: null,
      media: null,
      ...NO_EXTRAS,
      error: null,
    },
  } as const;
  return { instanceId, event, occurredAt, whileOffline: false, epoch: null };
}

/** The texts of the messages in what was received, in its order. */
export function textsOf(bodies: readonly { readonly data: unknown }[]): readonly string[] {
  return bodies.map(({ data }) => (data as { message: { text: string } }).message.text);
}
