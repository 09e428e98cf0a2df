import { GatewayError, notLinked } from "../domain/errors.ts";
import type { InstanceId, Jid } from "../domain/ids.ts";
import type { Instance } from "../domain/instance.ts";
import type { OutgoingContent } from "../domain/outgoing.ts";
import type { MessageStatus } from "../domain/message.ts";
import { hasReached } from "../domain/message.ts";
import type { Instances } from "../instances/instances.ts";
import { newId } from "../lib/ids.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";
import type { StagedContent } from "./content/stage.ts";
import type { IdempotentCall } from "./idempotency.ts";
import { findKey, idempotentCall, mismatch } from "./idempotency.ts";
import type { SendOptions } from "./messages.ts";
import type { Recipient } from "./recipients.ts";
import { queueFull, storeSend } from "./store-send.ts";
import type { Waiters } from "./waiters.ts";

export interface SubmitNeeds {
  readonly database: Database;
  readonly instances: Pick<Instances, "get" | "connection">;
  readonly waiters: Waiters;
  /** Removes the file of what was not stored in the end. */
  readonly discardFile: (uid: string) => Promise<void>;
  /** There is something to send for this instance. */
  readonly wakeSender: (id: InstanceId) => void;
  /** A message was scheduled for this time. */
  readonly expect: (at: Date) => void;
}

/** Something to send, before it was looked at. */
export interface Submission {
  readonly instanceId: string;
  readonly options: SendOptions;
  /** Keys of one operation are none of another. */
  readonly operation: "send" | "change" | "album";
  /**
   * What tells this call from others under the same key.
   * @param sha256 of its file, once it is there
   * @returns nothing for an upload that has not been read yet
   */
  readonly fingerprint: (sha256: string | null) => readonly unknown[] | undefined;
  /** Checks it and makes it ready. Its file, if there is one, has the name `uid`. */
  readonly make: (draft: {
    readonly instance: Instance;
    readonly uid: string;
    readonly patienceMs: number;
  }) => Promise<Made>;
}

interface Made extends StagedContent {
  readonly recipient: Recipient;
  /** For how long the account is shown to type before. */
  readonly typingMs?: number;
  /** Of a status, or what is done to one: who is shown it. */
  readonly audience?: readonly Jid[] | null;
  /** Of an album: what belongs to it. Each file has the name of its own `uid`. */
  readonly parts?: readonly { readonly uid: string; readonly content: OutgoingContent }[];
}

/**
 * Takes what is to be sent: the intent is a durable row before any socket sees it, then the caller waits.
 * @returns the uid of its row, when it has come as far as was wanted or the wait is over
 */
export type Submit = (submission: Submission) => Promise<string>;

/** How far ahead a message may be scheduled: a year, in milliseconds. */
const LONGEST_AHEAD_MS = 366 * 24 * 60 * 60_000;

const DEFAULT_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 60_000;

export function createSubmit(needs: SubmitNeeds): Submit {
  const { database, instances, waiters, discardFile, wakeSender, expect } = needs;
  return async (submission) => {
    const { options, make } = submission;
    const wanted: MessageStatus = options.waitFor ?? "SERVER_ACK";
    const waitMs = checkWait(options.waitTimeoutMs);
    const scheduledAt = checkSchedule(options.scheduledAt);
    const instance = await instances.get(submission.instanceId);
    const { id: instanceId } = instance;
    const callWith = (sha256: string | null) => callOf(submission, instanceId, sha256);
    const answer = async (uid: string, deadline: number, signal: AbortSignal) => {
      const left = deadline - steadyNow();
      // Listening begins before the look, so that nothing can happen in between.
      const waiting = waiters.wait(uid, wanted, left, signal);
      if (wanted !== "QUEUED" && !(await isSettled(database, uid, wanted, left))) await waiting;
      return uid;
    };

    const over = new AbortController();
    await using leaving = new AsyncDisposableStack();
    leaving.defer(() => over.abort());
    const deadline = steadyNow() + waitMs;

    // A key that is known is answered before anything else: what the first call needed (a connection,
    // the file behind an address) may be gone by now.
    const early = callWith(null);
    const known = early && (await findKey(database.read, early));
    if (known?.kind === "mismatch") throw mismatch(options.idempotencyKey ?? "");
    if (known?.kind === "taken") return await answer(known.uid, deadline, over.signal);

    if (instance.linkedAt === null) throw notLinked(instanceId, instance.status);
    const uid = newId();
    await using unused = new AsyncDisposableStack();
    unused.defer(() => discardFile(uid));
    const patienceMs = Math.max(1, deadline - steadyNow());
    const made = await make({ instance, uid, patienceMs });
    const { recipient, content, sha256, typingMs = 0, audience = null, parts = [] } = made;
    const uids = [uid, ...parts.map((part) => part.uid)];
    unused.defer(async () => {
      for (const part of parts) await discardFile(part.uid);
    });

    const left = deadline - steadyNow();
    const ended = Promise.all(uids.map((each) => waiters.wait(each, wanted, left, over.signal)));
    const unresolved = !recipient.isResolved;
    const beside = { audience, unresolved, typingMs, parts, scheduledAt };
    const draft = { uid, instance, recipient, content, ...beside };
    const stored = await database.writer.write((tx) => storeSend(tx, draft, callWith(sha256)));
    if (stored.kind === "unlinked") {
      throw notLinked(instanceId, (await instances.get(instanceId)).status);
    }
    if (stored.kind === "full") throw queueFull(instanceId);
    if (stored.kind === "mismatch") throw mismatch(options.idempotencyKey ?? "");
    if (stored.kind === "taken") return await answer(stored.uid, deadline, over.signal);
    // From here on the file belongs to the row; in every other case nobody will ever ask for it.
    unused.move();
    if (scheduledAt) expect(scheduledAt);
    else wakeSender(instanceId);
    if (wanted !== "QUEUED" && isDueWithin(scheduledAt, waitMs)) await ended;
    return uid;
  };
}

/** The caller's key with everything it stands for; nothing without a key, or while an upload has not been read. */
function callOf(
  { options, operation, fingerprint }: Submission,
  instanceId: InstanceId,
  sha256: string | null,
): IdempotentCall | undefined {
  const { idempotencyKey } = options;
  if (!idempotencyKey) return undefined;
  const args = fingerprint(sha256);
  return args && idempotentCall(instanceId, operation, idempotencyKey, args);
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

function checkWait(waitTimeoutMs: number | null | undefined): number {
  const wait = waitTimeoutMs ?? DEFAULT_WAIT_MS;
  if (wait >= 0 && wait <= LONGEST_WAIT_MS) return wait;
  throw new GatewayError("BAD_INPUT", `waitTimeoutMs goes from 0 to ${LONGEST_WAIT_MS}.`);
}

/** @returns nothing for a time that has passed. @throws GatewayError BAD_INPUT */
export function checkSchedule(at: Date | null | undefined): Date | null {
  if (!at) return null;
  const ahead = at.getTime() - Date.now();
  if (ahead <= LONGEST_AHEAD_MS) return ahead > 0 ? at : null;
  throw new GatewayError("BAD_INPUT", "A message can be scheduled for a time within a year.");
}
