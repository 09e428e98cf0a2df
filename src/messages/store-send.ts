import { randomBytes } from "node:crypto";
import { GatewayError } from "../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Instance } from "../domain/instance.ts";
import { identityOf } from "../domain/message.ts";
import type { OutgoingContent } from "../domain/outgoing.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Tx } from "../store/writer.ts";
import { encodeChange } from "./change/stored-change.ts";
import { columnsOf } from "./content/columns.ts";
import { encodeIntent } from "./intent.ts";
import { EXPIRES_AFTER_MS } from "./expiry.ts";
import type { IdempotentCall } from "./idempotency.ts";
import { claimKey, releaseKey } from "./idempotency.ts";
import type { Recipient } from "./recipients.ts";

/** What waits per instance at most: a day of sending at the pace that WhatsApp tolerates. */
const QUEUE_LIMIT = 10_000;

interface Part {
  readonly uid: string;
  readonly content: OutgoingContent;
}

/** A send that was found good. */
interface Draft {
  readonly uid: string;
  readonly instance: Instance;
  readonly recipient: Recipient;
  readonly content: OutgoingContent;
  readonly unresolved: boolean;
  readonly typingMs: number;
  /** Of an album: its pictures and videos, each a message of its own that is stored with it or not at all. */
  readonly parts: readonly Part[];
  readonly audience: readonly Jid[] | null;
  readonly scheduledAt: Date | null;
}

type Stored = Awaited<ReturnType<typeof claimKey>> | { readonly kind: "full" | "unlinked" };

/**
 * Makes a send durable, unless its key was used before, the account is not linked any more or too much waits:
 * all judged in the transaction that writes it.
 */
export async function storeSend(
  tx: Tx,
  draft: Draft,
  call: IdempotentCall | undefined,
): Promise<Stored> {
  const { uid, instance, content, typingMs, parts } = draft;
  const instanceId = instance.id;
  if (call) {
    const claimed = await claimKey(tx, call, uid);
    if (claimed.kind !== "mine") return claimed;
  }
  // It may have been logged out, or deleted, since the call began.
  const link = await tx.db.instance.findUnique({
    where: { id: instanceId },
    select: { linkedAt: true },
  });
  if (!link?.linkedAt) {
    if (call) await releaseKey(tx, call);
    return { kind: "unlinked" };
  }
  const waiting = await tx.db.message.count({ where: { instanceId, status: "QUEUED" } });
  if (waiting + parts.length >= QUEUE_LIMIT) {
    if (call) await releaseKey(tx, call);
    return { kind: "full" };
  }
  const id = await insert(tx, draft, { uid, content }, typingMs);
  for (const part of parts) {
    await insert(tx, draft, { ...part, content: { ...part.content, albumId: id } }, 0);
  }
  return { kind: "mine" };
}

async function insert(
  tx: Tx,
  { instance, recipient, unresolved, audience, scheduledAt }: Draft,
  { uid, content }: Part,
  typingMs: number,
): Promise<MessageId> {
  const now = new Date();
  const waitsFor = scheduledAt ? Math.max(0, scheduledAt.getTime() - now.getTime()) : 0;
  const id = newMessageId();
  const instanceId = instance.id;
  const { address: chat } = recipient;
  const sender = { id: (instance.lid ?? instance.pn) as Jid, pn: instance.pn, lid: instance.lid };
  await tx.db.message.create({
    data: {
      uid,
      instanceId,
      identity: identityOf({ chat, sender, fromMe: true, id }),
      id,
      chatId: chat.id,
      chatPn: chat.pn,
      chatLid: chat.lid,
      senderId: sender.id,
      senderPn: sender.pn,
      senderLid: sender.lid,
      senderName: instance.profileName,
      fromMe: true,
      ...columnsOf(content),
      timestamp: now,
      status: "QUEUED",
      quotedId: content.quoted?.id ?? null,
      source: "API",
      intent: encodeIntent({ content, unresolved, ...(typingMs > 0 && { typingMs }) }),
      change: encodeChange(content),
      audience: audience && JSON.stringify(audience),
      scheduledAt,
      expiresAt: new Date(steadyNow() + waitsFor + EXPIRES_AFTER_MS),
      createdAt: now,
    },
  });
  return id;
}

/** Ids as WhatsApp's own web client makes them: `3EB0` and 18 hexadecimal digits. */
function newMessageId(): MessageId {
  return `3EB0${randomBytes(9).toString("hex").toUpperCase()}` as MessageId;
}

export function queueFull(instanceId: InstanceId): GatewayError {
  return new GatewayError(
    "QUEUE_FULL",
    `${QUEUE_LIMIT} messages of "${instanceId}" are waiting to be sent. Wait until some have gone.`,
    { instanceId },
  );
}
