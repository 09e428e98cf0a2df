import type { HistoryProgress } from "../domain/history.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Message, Sender } from "../domain/message.ts";
import { storable } from "../domain/text.ts";
import type { HistoryChat, HistoryMessage, HistoryNotice, HistoryPage } from "../engine/history.ts";
import type { AccountState } from "../instances/account-state.ts";
import { changeRecord } from "../instances/records.ts";
import type { Database } from "../store/database.ts";
import { progressAfter } from "./progress.ts";
import { ownershipLost, staleClaims } from "../store/ownership.ts";
import type { Tx } from "../store/writer.ts";

/** A message as it is stored, with its encoded form. */
export interface OldMessage {
  readonly message: Message;
  readonly raw: Uint8Array | null;
}

export interface PageNeeds {
  readonly database: Pick<Database, "writer">;
  /** @returns how many of them were not here before */
  readonly insertMessages: (
    tx: Tx,
    instanceId: InstanceId,
    messages: readonly OldMessage[],
  ) => Promise<number>;
  /** @returns how many of them were not here before */
  readonly insertChats: (
    tx: Tx,
    instanceId: InstanceId,
    chats: readonly HistoryChat[],
    people: readonly Sender[],
  ) => Promise<{ readonly chats: number; readonly contacts: number }>;
}

/**
 * Stores a page of a history, and how far that has come, in one transaction.
 * @throws GatewayError OWNERSHIP_LOST, STORE_FAILED
 */
export type StorePage = (
  account: AccountState,
  part: Pick<HistoryNotice, "phase" | "percent">,
  page: HistoryPage,
) => Promise<void>;

export function createStorePage({ database, insertMessages, insertChats }: PageNeeds): StorePage {
  return async (account, part, { chats, people, messages }) => {
    const { id: instanceId, epoch } = account.record;
    const old = messages.map((each) => oldMessage(instanceId, each));
    const history = await database.writer.write(async (tx): Promise<HistoryProgress> => {
      const claim = { instanceId, epoch };
      if ((await staleClaims(tx, [claim]))(claim)) throw ownershipLost();
      const names = await insertChats(tx, instanceId, chats, people);
      const added = await insertMessages(tx, instanceId, old);
      const counts = { ...names, messages: added };
      const progress = progressAfter(account.record.history, part, counts);
      await changeRecord(tx, account.record, { history: progress });
      return progress;
    });
    account.adopt({ history });
  };
}

function oldMessage(instanceId: InstanceId, incoming: HistoryMessage): OldMessage {
  const { inbox: _, raw, whileOffline: __, ...said } = incoming;
  return { raw, message: { ...storable(said), instanceId, error: null } };
}
