import { GatewayError } from "../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Instance } from "../domain/instance.ts";
import type { MessageStatus } from "../domain/message.ts";
import { hasReached } from "../domain/message.ts";
import type { Quoted } from "../domain/outgoing.ts";
import type { Instances } from "../instances/instances.ts";
import { newId } from "../lib/ids.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";
import type { Staging } from "./content/staging.ts";
import type { Convert } from "./content/ffmpeg.ts";
import { fingerprintOf } from "./content/fingerprint.ts";
import { stageContent } from "./content/stage.ts";
import type { IdempotentCall } from "./idempotency.ts";
import { findKey, idempotentCall, mismatch } from "./idempotency.ts";
import { encodeIntent } from "./intent.ts";
import type { SendRequest, SentMessage } from "./messages.ts";
import type { Recipients } from "./recipients.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";
import { queueFull, storeSend } from "./store-send.ts";
import type { Waiters } from "./waiters.ts";

export interface SendNeeds {
  readonly database: Database;
  readonly instances: Pick<Instances, "get" | "connection">;
  readonly recipients: Recipients;
  readonly staging: Staging;
  readonly convert: Convert;
  readonly waiters: Waiters;
  /** There is something to send for this instance. */
  readonly wakeSender: (id: InstanceId) => void;
  /** A message was scheduled for this time. */
  readonly expect: (at: Date) => void;
}

/** How far ahead a message may be scheduled: a year, in milliseconds. */
const LONGEST_AHEAD_MS = 366 * 24 * 60 * 60_000;

const DEFAULT_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 60_000;

/** Takes a send: the intent is a durable row before any socket sees it, then the caller waits. */
export function createSend(needs: SendNeeds): (request: SendRequest) => Promise<SentMessage> {
  const { database, instances, recipients, staging, convert, waiters } = needs;
  const { wakeSender, expect } = needs;
  return async (request) => {
    const wanted: MessageStatus = request.waitFor ?? "SERVER_ACK";
    const waitMs = checkWait(request.waitTimeoutMs);
    const scheduledAt = checkSchedule(request.scheduledAt);
    const instance = await instances.get(request.instanceId);
    const { id: instanceId } = instance;
    const callWith = (sha256: string | null) => callOf(request, instanceId, sha256);
    const answer = async (uid: string, deadline: number, signal: AbortSignal) => {
      const left = deadline - steadyNow();
      // Listening begins before the look, so that nothing can happen in between.
      const waiting = waiters.wait(uid, wanted, left, signal);
      if (wanted !== "QUEUED" && !(await isSettled(database, uid, wanted, left))) await waiting;
      return finish(database, uid);
    };

    const over = new AbortController();
    await using leaving = new AsyncDisposableStack();
    leaving.defer(() => over.abort());
    const deadline = steadyNow() + waitMs;

    // A key that is known is answered before anything else: what the first call needed (a connection,
    // the file behind an address) may be gone by now.
    const early = callWith(null);
    const known = early && (await findKey(database.read, early));
    if (known?.kind === "mismatch") throw mismatch(request.idempotencyKey ?? "");
    if (known?.kind === "taken") return await answer(known.uid, deadline, over.signal);

    if (instance.linkedAt === null) throw notLinked(instance);
    const uid = newId();
    const quoted = await findQuoted(database, instanceId, request.quotedId);
    const connection = instances.connection(instanceId);
    const lookUp = connection && ((phone: string) => connection.lookUp(phone));
    const patience = Math.max(1, deadline - steadyNow());
    const recipient = await recipients.resolve(instanceId, request.to, lookUp, patience);
    await using unused = new AsyncDisposableStack();
    unused.defer(() => staging.discard(uid));
    const { content, sha256 } = await stageContent(
      request.content,
      quoted,
      { stage: staging.stage, convert },
      uid,
    );

    const ended = waiters.wait(uid, wanted, deadline - steadyNow(), over.signal);
    const intent = encodeIntent({ content, unresolved: !recipient.isResolved });
    const draft = { uid, instance, recipient, content, intent, scheduledAt };
    const stored = await database.writer.write((tx) => storeSend(tx, draft, callWith(sha256)));
    if (stored.kind === "unlinked") throw notLinked(await instances.get(instanceId));
    if (stored.kind === "full") throw queueFull(instanceId);
    if (stored.kind === "mismatch") throw mismatch(request.idempotencyKey ?? "");
    if (stored.kind === "taken") return await answer(stored.uid, deadline, over.signal);
    // From here on the file belongs to the row; in every other case nobody will ever ask for it.
    unused.move();
    if (scheduledAt) expect(scheduledAt);
    else wakeSender(instanceId);
    if (wanted !== "QUEUED" && isDueWithin(scheduledAt, waitMs)) await ended;
    return await finish(database, uid);
  };
}

/** The caller's key with everything it stands for; nothing without a key, or while an upload has not been read. */
function callOf(
  request: SendRequest,
  instanceId: InstanceId,
  sha256: string | null,
): IdempotentCall | undefined {
  const { idempotencyKey, to, quotedId, scheduledAt } = request;
  const fingerprint = fingerprintOf(request.content, sha256);
  if (!idempotencyKey || !fingerprint) return undefined;
  const args = [to, quotedId ?? null, scheduledAt?.toISOString() ?? null, ...fingerprint];
  return idempotentCall(instanceId, "send", idempotencyKey, args);
}

/** Whether nothing is to be waited for: it has come that far, has ended, is gone, or is not due before the wait is over. */
async function isSettled(
  { read }: Database,
  uid: string,
  wanted: MessageStatus,
  waitMs: number,
): Promise<boolean> {
  const select = { status: true, scheduledAt: true };
  const row = await read.message.findUnique({ where: { uid }, select });
  if (!row?.status || hasReached(row.status as MessageStatus, wanted)) return true;
  return !isDueWithin(row.scheduledAt, waitMs);
}

function isDueWithin(scheduledAt: Date | null, waitMs: number): boolean {
  return scheduledAt === null || scheduledAt.getTime() < Date.now() + waitMs;
}

async function finish({ read }: Database, uid: string): Promise<SentMessage> {
  const row = await read.message.findUnique({ where: { uid }, select: MESSAGE_COLUMNS });
  if (!row) throw new GatewayError("INSTANCE_NOT_FOUND", "The instance was deleted meanwhile.");
  const stored = toStored(row);
  const { error, chat, id: messageId } = stored.message;
  if (error && error.whatsappCode !== null) {
    const { whatsappCode } = error;
    throw new GatewayError("SEND_REJECTED", error.message, { whatsappCode, messageId });
  }
  if (error?.code === "NOT_ON_WHATSAPP" || error?.code === "INVALID_RECIPIENT") {
    throw new GatewayError(error.code, error.message, { messageId });
  }
  // Other failures are the gateway's own: the message is answered as it is, FAILED with its error.
  return { ...stored, to: chat.pn ?? chat.id };
}

async function findQuoted(
  { read }: Database,
  instanceId: InstanceId,
  id: string | null | undefined,
): Promise<Quoted | null> {
  if (!id) return null;
  const row = await read.message.findFirst({
    where: { instanceId, id },
    orderBy: { uid: "desc" },
    select: { id: true, senderId: true, senderPn: true, fromMe: true, text: true },
  });
  if (!row) {
    throw new GatewayError(
      "MESSAGE_NOT_FOUND",
      `There is no message "${id}" to quote in this instance.`,
      { messageId: id },
    );
  }
  const { fromMe, text } = row;
  return { id: row.id as MessageId, sender: (row.senderPn ?? row.senderId) as Jid, fromMe, text };
}

function checkWait(waitTimeoutMs: number | null | undefined): number {
  const wait = waitTimeoutMs ?? DEFAULT_WAIT_MS;
  if (wait >= 0 && wait <= LONGEST_WAIT_MS) return wait;
  throw new GatewayError("BAD_INPUT", `waitTimeoutMs goes from 0 to ${LONGEST_WAIT_MS}.`);
}

function checkSchedule(at: Date | null | undefined): Date | null {
  if (!at) return null;
  const ahead = at.getTime() - Date.now();
  if (ahead <= LONGEST_AHEAD_MS) return ahead > 0 ? at : null;
  throw new GatewayError("BAD_INPUT", "A message can be scheduled for a time within a year.");
}

function notLinked({ id, status }: Instance): GatewayError {
  return new GatewayError(
    "NOT_LINKED",
    `"${id}" is not linked to a phone. Scan its QR code first (GET /instances/${id}/qr).`,
    { instanceId: id, status },
  );
}
