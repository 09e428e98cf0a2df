import type { MessageKind } from "../../domain/content.ts";
import type { InstanceId } from "../../domain/ids.ts";
import type { SendContent } from "../content/draft.ts";
import type { StoredMessage } from "../messages.ts";

export const BATCH_STATES = ["RUNNING", "PAUSED", "DONE", "CANCELLED"] as const;

export type BatchState = (typeof BATCH_STATES)[number];

/** One content on its way to many people. */
export interface Batch {
  readonly id: string;
  readonly instanceId: InstanceId;
  readonly state: BatchState;
  /** Why it has paused itself; null where somebody asked for it. */
  readonly reason: "NOT_LINKED" | null;
  readonly kind: MessageKind;
  /** What people read first of it, as it was given: with its variables. */
  readonly text: string | null;
  readonly spacing: Spacing | null;
  readonly total: number;
  /** Recipients whose message was put into the queue, or who can have none. */
  readonly examined: number;
  readonly scheduledAt: Date | null;
  readonly createdAt: Date;
  /** When the last one was examined, or it was cancelled. */
  readonly doneAt: Date | null;
}

/** The pause between two messages of a batch. */
export interface Spacing {
  readonly delayMs: number;
  /** Up to this part of the pause is added at random, 0 to 1. */
  readonly jitter: number;
}

/** Where the recipients of a batch are; each is counted once, for the furthest that their message came. */
export interface BatchProgress {
  readonly pending: number;
  readonly queued: number;
  readonly sent: number;
  readonly delivered: number;
  readonly read: number;
  readonly failed: number;
  readonly cancelled: number;
}

export interface BatchRecipient {
  /** Their place in the list, the first is 0. */
  readonly index: number;
  readonly to: string;
  /** What was made for them, unless it is not made yet, could not be made or is not kept any more. */
  readonly message: StoredMessage | null;
  /** Why no message could be made. */
  readonly error: BatchError | null;
}

export interface BatchError {
  readonly code: string;
  readonly message: string;
}

export interface BatchRequest {
  readonly instanceId: string;
  readonly content: SendContent;
  readonly recipients: readonly BatchTarget[];
  readonly spacing?: Spacing | null | undefined;
  /** After how many seconds phones remove it: 86,400, 604,800 or 7,776,000. */
  readonly disappearsAfter?: number | null | undefined;
  /** Not before this time. */
  readonly scheduledAt?: Date | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface BatchTarget {
  /** Digits with or without `+` and punctuation, or a JID. */
  readonly to: string;
  /** What stands for `{{name}}` in the text, by name. */
  readonly variables?: Readonly<Record<string, string>> | null | undefined;
}

export interface Page<T> {
  readonly entries: readonly T[];
  readonly more: boolean;
}

/** What callers do with batches. */
export interface Batches {
  /**
   * Stores all of it, and begins to put it into the queue of the account.
   * @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, BAD_INPUT, MESSAGE_NOT_FOUND, MEDIA_UNREACHABLE,
   *   MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS, QUEUE_FULL, IDEMPOTENCY_MISMATCH
   */
  create(request: BatchRequest): Promise<Batch>;
  /** @throws GatewayError BATCH_NOT_FOUND, TOO_LATE */
  pause(id: string): Promise<Batch>;
  /** @throws GatewayError BATCH_NOT_FOUND, TOO_LATE, NOT_LINKED */
  resume(id: string): Promise<Batch>;
  /**
   * Ends it for good, and takes back what of it is still QUEUED.
   * @throws GatewayError BATCH_NOT_FOUND, TOO_LATE
   */
  cancel(id: string): Promise<Batch>;
  find(id: string): Promise<Batch | undefined>;
  /** The latest first. */
  list(
    instanceId: string,
    page: { readonly limit: number; readonly after?: string | null | undefined },
  ): Promise<Page<Batch>>;
  /** In the order of the list; `after` is an index. */
  recipients(
    id: string,
    page: { readonly limit: number; readonly after?: number | null | undefined },
  ): Promise<Page<BatchRecipient>>;
  progress(batch: Batch): Promise<BatchProgress>;
  /** A batch now and whenever it has come further, until it is done or cancelled. */
  follow(id: string, leave?: AbortSignal): AsyncGenerator<Batch, void, undefined>;
}
