import { isChannel } from "../domain/address.ts";
import { GatewayError } from "../domain/errors.ts";
import type { Instances } from "../instances/instances.ts";
import type { Outbound } from "../outbound/outbound.ts";
import type { Database } from "../store/database.ts";
import type { Attachments } from "./content/attachment.ts";
import { checkContext } from "./content/context.ts";
import type { Convert } from "./content/ffmpeg.ts";
import { fingerprintOf } from "./content/fingerprint.ts";
import { stageContent } from "./content/stage.ts";
import { expectPostable } from "./content/post.ts";
import type { Staging } from "./content/staging.ts";
import { toolsFor } from "./content/tools.ts";
import type { SendRequest, SentMessage } from "./messages.ts";
import { isNoRecipient } from "./no-recipient.ts";
import type { Recipients } from "./recipients.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";
import type { Submit } from "./submit.ts";

export interface SendNeeds {
  readonly database: Database;
  readonly instances: Pick<Instances, "connection">;
  readonly recipients: Recipients;
  readonly stage: Staging["stage"];
  readonly convert: Convert;
  readonly request: Outbound["request"];
  readonly attachments: Attachments;
  readonly submit: Submit;
}

/** Sends a message of its own. */
export function createSend(needs: SendNeeds): (request: SendRequest) => Promise<SentMessage> {
  const { database, instances, recipients, submit } = needs;
  return async (request) => {
    const { instanceId, to, content: wish, ...options } = request;
    const uid = await submit({
      instanceId,
      options,
      operation: "send",
      fingerprint(sha256) {
        const said = fingerprintOf(wish, sha256);
        const { quotedId = null, scheduledAt, mentions, mentionAll, disappearsAfter } = request;
        const { typingMs } = request;
        const more = { mentions, mentionAll, disappearsAfter, typingMs };
        // Left out where there is none of it: a key of an earlier version stands for the same call.
        const wished = Object.values(more).some((value) => value) ? [more] : [];
        return said && [to, quotedId, scheduledAt?.toISOString() ?? null, ...said, ...wished];
      },
      async make({ instance: { id }, uid: name, patienceMs }) {
        const typingMs = checkTyping(request.typingMs);
        const connection = instances.connection(id);
        const lookUp = connection && ((phone: string) => connection.lookUp(phone));
        const recipient = await recipients.resolve(id, to, lookUp, patienceMs);
        const { address } = recipient;
        const context = await checkContext(database.read, id, address.pn ?? address.id, request);
        // What is posted to a channel is not encrypted: it needs a file of its own there.
        const isOpen = isChannel(address.id);
        if (isOpen) expectPostable(wish);
        const tools = toolsFor(needs, id, !request.scheduledAt && !isOpen);
        return { recipient, typingMs, ...(await stageContent(wish, context, tools, name)) };
      },
    });
    return finish(database, uid);
  };
}

/** Whoever is seen to type for longer than a minute is believed to have gone away. In milliseconds. */
const LONGEST_TYPING_MS = 60_000;

/** @throws GatewayError BAD_INPUT */
export function checkTyping(typingMs: number | null | undefined): number {
  const ms = typingMs ?? 0;
  if (ms >= 0 && ms <= LONGEST_TYPING_MS) return ms;
  throw new GatewayError("BAD_INPUT", `typingMs goes from 0 to ${LONGEST_TYPING_MS}.`);
}

/** The message as it is, once the wait is over. @throws GatewayError SEND_REJECTED and what else ended it */
export async function finish({ read }: Database, uid: string): Promise<SentMessage> {
  const row = await read.message.findUnique({ where: { uid }, select: MESSAGE_COLUMNS });
  if (!row) throw new GatewayError("INSTANCE_NOT_FOUND", "The instance was deleted meanwhile.");
  const stored = toStored(row);
  const { error, chat, id: messageId } = stored.message;
  if (error && isNoRecipient(error.code)) {
    const { code, message, whatsappCode } = error;
    throw new GatewayError(code, message, { messageId, whatsappCode });
  }
  if (error && error.whatsappCode !== null) {
    const { whatsappCode } = error;
    throw new GatewayError("SEND_REJECTED", error.message, { whatsappCode, messageId });
  }
  // Other failures are the gateway's own: the message is answered as it is, FAILED with its error.
  return { ...stored, to: chat.pn ?? chat.id };
}
