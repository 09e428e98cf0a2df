import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Engine, Fact, MessageName } from "../engine/engine.ts";
import type { WriteHealth } from "../store/health.ts";
import type { Tx } from "../store/writer.ts";
import type { HistoryNotice } from "../engine/history.ts";
import type { AccountState, StateNeeds } from "./account-state.ts";
import type { InstanceRecord } from "./records.ts";
import type { SessionStore } from "./session-store.ts";

/** Facts about messages on their way out; they belong to the messages' room. */
export type SendFact = Extract<Fact, { readonly kind: "ack" | "receipt" }>;

/** What the user has read on another device. */
export type ReadFact = Extract<Fact, { readonly kind: "read" }>;

/** What the account's devices have agreed on. */
export type AppStateFact = Extract<Fact, { readonly kind: "app-state" }>;

/** What an account needs of the rest of the house, as functions. */
export interface AccountNeeds extends StateNeeds {
  readonly engine: Engine;
  readonly sessions: SessionStore;
  readonly sentMessage: (
    instance: InstanceId,
    message: MessageId,
  ) => Promise<Uint8Array | undefined>;
  readonly storedMessage: (
    instance: InstanceId,
    message: MessageName,
  ) => Promise<Uint8Array | undefined>;
  readonly onSendFact: (record: InstanceRecord, fact: SendFact) => Promise<void>;
  /** @throws GatewayError OWNERSHIP_LOST, STORE_FAILED */
  readonly onRead: (record: InstanceRecord, fact: ReadFact) => Promise<void>;
  /** A part of the phone's history has come; it is stored in its own time. */
  readonly onHistory: (account: AccountState, notice: HistoryNotice) => void;
  /** @throws GatewayError OWNERSHIP_LOST, STORE_FAILED */
  readonly onAppState: (record: InstanceRecord, fact: AppStateFact) => Promise<void>;
  /** What waits may go out: it is connected, or its pace has changed. */
  readonly onSendable: (id: InstanceId) => void;
  /** Sends a text as a caller would, once for each key. */
  readonly sendText: (id: InstanceId, to: Jid, text: string, key: string) => Promise<void>;
  /** Whether the database can be written, and when it can again. */
  readonly health: Pick<WriteHealth, "reason" | "whenWritable">;
  /** The link is gone: what waits to be sent is given up in the same transaction, and cannot leave from another phone. */
  readonly onUnlinked: (tx: Tx, record: InstanceRecord) => Promise<void>;
}
