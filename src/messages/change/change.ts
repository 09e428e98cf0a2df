import { checkEmoji } from "../../domain/emoji.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { SendError } from "../../domain/message.ts";
import type { ChangeTarget, OutgoingContent } from "../../domain/outgoing.ts";
import type { MessageStatus } from "../../domain/message.ts";
import type { MessageId } from "../../domain/ids.ts";
import type { Database } from "../../store/database.ts";
import { checkMentions, checkText } from "../content/text.ts";
import type { ChangeRequest, ChangeWish, MadeChange, StoredMessage } from "../messages.ts";
import { MESSAGE_COLUMNS, toStored } from "../rows.ts";
import type { Submit } from "../submit.ts";
import { checkResponse, checkVote, readAsked } from "./answer.ts";
import { decodeChange } from "./stored-change.ts";
import { checkPin } from "./pin.ts";
import { readAudience } from "../status/audience.ts";
import {
  expectChangeable,
  expectDeletable,
  expectDisappearing,
  expectEditable,
  expectThere,
  findMessage,
  targetOf,
} from "./target.ts";

/** Sends what is done to a message that is there already. */
export function createChange(
  database: Database,
  submit: Submit,
): (request: ChangeRequest) => Promise<MadeChange> {
  return async ({ instanceId, messageId, chatId, change, ...options }) => {
    const uid = await submit({
      instanceId,
      options,
      operation: "change",
      fingerprint: () => [messageId, chatId ?? null, change],
      async make({ instance: { id } }) {
        const found = await findMessage(database, { instanceId: id, messageId, chatId });
        expectThere(found);
        expectChangeable(found, change.kind);
        const content = await contentOf(database, change, found);
        const audience = await readAudience(database.read, found.uid);
        // Where it was written, somebody is: nothing has to be looked up.
        const recipient = { address: found.message.chat, isResolved: true };
        return { recipient, content, audience, sha256: null };
      },
    });
    return made(database, uid);
  };
}

/** @throws GatewayError BAD_INPUT, TOO_LATE */
async function contentOf(
  database: Database,
  change: ChangeWish,
  found: StoredMessage,
): Promise<OutgoingContent> {
  const target: ChangeTarget = targetOf(found);
  switch (change.kind) {
    case "EDIT": {
      expectEditable(found);
      const text = checkText(change.text);
      const named = { mentions: checkMentions(change.mentions ?? []) };
      return { kind: "EDIT", target, text, ...named, quoted: null };
    }
    case "DELETION":
      expectDeletable(found);
      return { kind: "DELETION", target, quoted: null };
    case "REACTION":
      return { kind: "REACTION", target, emoji: checkEmoji(change.emoji), quoted: null };
    case "PIN":
      return { kind: "PIN", target, seconds: checkPin(change.seconds), quoted: null };
    case "UNPIN":
      return { kind: "PIN", target, seconds: null, quoted: null };
    case "KEEP":
    case "UNKEEP":
      expectDisappearing(found);
      return { kind: "KEEP", target, isKept: change.kind === "KEEP", quoted: null };
    case "VOTE": {
      const options = checkVote(change.options, found);
      return {
        kind: "VOTE",
        target,
        options,
        asked: await readAsked(database, found),
        quoted: null,
      };
    }
    case "RESPONSE": {
      const { attendance } = change;
      const said = { attendance, extraGuests: checkResponse(change.extraGuests, found) };
      const asked = await readAsked(database, found);
      return { kind: "RESPONSE", target, ...said, asked, quoted: null };
    }
  }
}

/** @throws GatewayError SEND_REJECTED; MESSAGE_NOT_FOUND when its message is gone meanwhile */
async function made({ read }: Database, uid: string): Promise<MadeChange> {
  const row = await read.message.findUnique({ where: { uid }, select: MESSAGE_COLUMNS });
  const { targetUid } = row ? decodeChange(row.change) : { targetUid: "" };
  const target = await read.message.findUnique({
    where: { uid: targetUid },
    select: MESSAGE_COLUMNS,
  });
  if (!row || !target) {
    throw new GatewayError(
      "MESSAGE_NOT_FOUND",
      "The message was deleted from this gateway meanwhile.",
    );
  }
  const error = row.error === null ? null : (JSON.parse(row.error) as SendError);
  const messageId = row.id as MessageId;
  if (error && error.whatsappCode !== null) {
    const { whatsappCode, message } = error;
    throw new GatewayError("SEND_REJECTED", message, { whatsappCode, messageId });
  }
  const status = (row.status ?? "SERVER_ACK") as MessageStatus;
  return { id: messageId, status, timestamp: row.timestamp, error, target: toStored(target) };
}
