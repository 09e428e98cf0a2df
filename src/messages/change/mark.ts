import type { AppStateEdit, MessageKey } from "../../domain/app-state.ts";
import { GatewayError } from "../../domain/errors.ts";
import { hasReached } from "../../domain/message.ts";
import { connected } from "../../instances/connected.ts";
import type { Instances } from "../../instances/instances.ts";
import type { Database } from "../../store/database.ts";
import type { MarkedMessage, MarkRequest, StoredMessage } from "../messages.ts";
import { findMessage } from "./target.ts";

/** Tells the account's other devices what it does with a message; it is done here once WhatsApp has taken it. */
export function createMark(
  database: Database,
  instances: Pick<Instances, "get" | "connection">,
): (request: MarkRequest) => Promise<MarkedMessage> {
  return async ({ instanceId, messageId, chatId = null, mark }) => {
    const { id } = await instances.get(instanceId);
    const found = await findMessage(database, { instanceId: id, messageId, chatId });
    expectShared(found);
    const { chat, id: name } = found.message;
    const message = keyOf(found);
    const edit: AppStateEdit =
      mark === "REMOVED"
        ? { kind: "REMOVE_MESSAGE", chat: chat.id, message }
        : { kind: "STAR", chat: chat.id, message, isStarred: mark === "STARRED" };
    const { appState } = await connected(instances, id);
    await appState.change(edit);
    return { messageId: name, chat, starred: mark === "STARRED", removed: mark === "REMOVED" };
  };
}

function keyOf({ message: { id, fromMe, sender, timestamp } }: StoredMessage): MessageKey {
  return { id, fromMe, participant: fromMe ? null : (sender.pn ?? sender.id), timestamp };
}

/** @throws GatewayError TOO_LATE for what no other device knows */
function expectShared({ message: { id, status } }: StoredMessage): void {
  if (status === null || hasReached(status, "SERVER_ACK")) return;
  const message = `The message has not come to WhatsApp: it is ${status}. Cancel it if it is QUEUED.`;
  throw new GatewayError("TOO_LATE", message, { messageId: id });
}
