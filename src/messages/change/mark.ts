import type { AppStateEdit, MessageKey } from "../../domain/app-state.ts";
import { GatewayError, labelNotFound } from "../../domain/errors.ts";
import { hasReached } from "../../domain/message.ts";
import { connected } from "../../instances/connected.ts";
import type { Instances } from "../../instances/instances.ts";
import type { Database } from "../../store/database.ts";
import type { MarkedMessage, MarkRequest, MessageMark, StoredMessage } from "../messages.ts";
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
    if (mark.kind === "LABEL") await expectLabel(database, id, mark.labelId);
    const { appState } = await connected(instances, id);
    await appState.change(editOf(found, mark));
    return { messageId: found.message.id, chat: found.message.chat };
  };
}

function editOf(found: StoredMessage, mark: MessageMark): AppStateEdit {
  const { id: chat } = found.message.chat;
  const message = keyOf(found);
  switch (mark.kind) {
    case "STAR":
      return { kind: "STAR", chat, message, isStarred: mark.isStarred };
    case "REMOVAL":
      return { kind: "REMOVE_MESSAGE", chat, message };
    case "LABEL": {
      const { labelId, isLabeled } = mark;
      return { kind: "PUT_LABEL", labelId, chat, message, isLabeled };
    }
  }
}

/** @throws GatewayError LABEL_NOT_FOUND */
async function expectLabel({ read }: Database, instanceId: string, id: string): Promise<void> {
  const labels = await read.label.count({ where: { instanceId, id, deleted: false } });
  if (labels === 0) throw labelNotFound(id);
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
