import { GatewayError } from "../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Quoted } from "../domain/outgoing.ts";
import type { Instances } from "../instances/instances.ts";
import type { Database } from "../store/database.ts";
import type { Convert } from "./content/ffmpeg.ts";
import { fingerprintOf } from "./content/fingerprint.ts";
import { stageContent } from "./content/stage.ts";
import type { Staging } from "./content/staging.ts";
import type { SendRequest, SentMessage } from "./messages.ts";
import type { Recipients } from "./recipients.ts";
import { MESSAGE_COLUMNS, toStored } from "./rows.ts";
import type { Submit } from "./submit.ts";

export interface SendNeeds {
  readonly database: Database;
  readonly instances: Pick<Instances, "connection">;
  readonly recipients: Recipients;
  readonly stage: Staging["stage"];
  readonly convert: Convert;
  readonly submit: Submit;
}

/** Sends a message of its own. */
export function createSend(needs: SendNeeds): (request: SendRequest) => Promise<SentMessage> {
  const { database, instances, recipients, stage, convert, submit } = needs;
  return async (request) => {
    const { instanceId, to, quotedId, scheduledAt, content: wish, ...options } = request;
    const uid = await submit({
      instanceId,
      options: { ...options, scheduledAt },
      operation: "send",
      fingerprint(sha256) {
        const said = fingerprintOf(wish, sha256);
        return said && [to, quotedId ?? null, scheduledAt?.toISOString() ?? null, ...said];
      },
      async make({ instance: { id }, uid: name, patienceMs }) {
        const quoted = await findQuoted(database, id, quotedId);
        const connection = instances.connection(id);
        const lookUp = connection && ((phone: string) => connection.lookUp(phone));
        const recipient = await recipients.resolve(id, to, lookUp, patienceMs);
        return { recipient, ...(await stageContent(wish, quoted, { stage, convert }, name)) };
      },
    });
    return finish(database, uid);
  };
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
    where: { instanceId, id, change: null },
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
