import { GatewayError } from "../domain/errors.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import type { Database } from "../store/database.ts";

/** Which message of which account. */
export type Named = Pick<Message, "instanceId" | "id" | "chat" | "sender" | "fromMe">;

/**
 * Has the phone of an account upload an attachment once more.
 * @returns the encoded message with the new place; nothing where there is no connection to ask through
 */
export type AskPhone = (message: Named, raw: Uint8Array) => Promise<Uint8Array> | undefined;

/** What a phone does not have it will not have in a while; it is not woken for every reader. In milliseconds. */
const GONE_MS = 10 * 60_000;

/** How many of those are remembered; of the others the phone is asked again. */
const GONE_LIMIT = 1_000;

export interface UploadAgain {
  /**
   * Gets an attachment back that WhatsApp keeps no more. Who asks while somebody else does gets the same answer.
   * @param raw the message as it led nowhere
   * @returns the encoded message as it is stored from now on
   * @throws GatewayError MEDIA_GONE, MEDIA_UNREACHABLE
   */
  (uid: string, raw: Uint8Array): Promise<Uint8Array>;
}

export function createUploadAgain(
  { read, writer }: Pick<Database, "read" | "writer">,
  ask: AskPhone,
): UploadAgain {
  const asked = new Map<string, Promise<Uint8Array>>();
  const gone = new BoundedMap<string, { readonly until: number; readonly error: GatewayError }>(
    GONE_LIMIT,
  );

  async function askFor(uid: string, failed: Uint8Array): Promise<Uint8Array> {
    const row = await read.message.findUnique({ where: { uid }, select: COLUMNS });
    if (!row?.raw) {
      throw new GatewayError("MEDIA_UNREACHABLE", "The gateway does not have this attachment.");
    }
    const { raw } = row;
    // Somebody has got it back since this reader began.
    if (!Buffer.from(raw).equals(failed)) return raw;
    const asking = ask(nameOf(row), raw);
    if (asking === undefined) {
      throw new GatewayError(
        "MEDIA_UNREACHABLE",
        "WhatsApp does not keep this attachment any more, and the phone that may have it can only be asked while the instance is connected.",
      );
    }
    const fresh = await asking;
    // Unless it was edited meanwhile, what is fetched next time is found at once.
    await writer.write((tx) =>
      tx.db.message.updateMany({ where: { uid, raw }, data: { raw: Buffer.from(fresh) } }),
    );
    return fresh;
  }

  async function remember(uid: string, failed: Uint8Array): Promise<Uint8Array> {
    try {
      return await askFor(uid, failed);
    } catch (error) {
      if (error instanceof GatewayError && error.code === "MEDIA_GONE") {
        gone.set(uid, { until: steadyNow() + GONE_MS, error });
      }
      throw error;
    }
  }

  return (uid, failed) => {
    const known = gone.get(uid);
    if (known && known.until > steadyNow()) return Promise.reject(known.error);
    const asking = asked.get(uid) ?? remember(uid, failed).finally(() => asked.delete(uid));
    asked.set(uid, asking);
    return asking;
  };
}

const COLUMNS = {
  instanceId: true,
  id: true,
  chatId: true,
  chatPn: true,
  chatLid: true,
  senderId: true,
  senderPn: true,
  senderLid: true,
  senderName: true,
  fromMe: true,
  raw: true,
} as const;

interface Row {
  readonly instanceId: string;
  readonly id: string;
  readonly chatId: string;
  readonly chatPn: string | null;
  readonly chatLid: string | null;
  readonly senderId: string;
  readonly senderPn: string | null;
  readonly senderLid: string | null;
  readonly senderName: string | null;
  readonly fromMe: boolean;
}

function nameOf(row: Row): Named {
  const { chatPn, chatLid, senderPn, senderLid, senderName: name, fromMe } = row;
  return {
    instanceId: row.instanceId as InstanceId,
    id: row.id as MessageId,
    chat: { id: row.chatId as Jid, pn: chatPn as Jid | null, lid: chatLid as Jid | null },
    sender: {
      id: row.senderId as Jid,
      pn: senderPn as Jid | null,
      lid: senderLid as Jid | null,
      name,
    },
    fromMe,
  };
}
