import type { InstanceId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import { identityOf } from "../domain/message.ts";
import type { Tx } from "../store/writer.ts";
import { insertMessages } from "./projection.ts";

interface Old {
  readonly message: Message;
  readonly raw: Uint8Array | null;
}

/**
 * Stores messages that no event tells of.
 * @returns how many of them were not here before
 */
export async function insertOldMessages(
  tx: Tx,
  instanceId: InstanceId,
  messages: readonly Old[],
): Promise<number> {
  const known = await knownOf(tx, instanceId, messages);
  const fresh = new Map(
    messages.flatMap(({ message, raw }) => {
      const identity = identityOf(message);
      const draft = { instanceId, raw };
      return known(message) ? [] : [[identity, { draft, message, identity }] as const];
    }),
  );
  return (await insertMessages(tx, [...fresh.values()])).length;
}

/** Which are here under another name of their chat: when they came, its other name was not known. */
async function knownOf(
  tx: Tx,
  instanceId: InstanceId,
  messages: readonly Old[],
): Promise<(message: Message) => boolean> {
  const rows = await tx.db.message.findMany({
    where: { instanceId, id: { in: messages.map(({ message }) => message.id) }, change: null },
    select: { id: true, chatId: true, chatPn: true, fromMe: true, kind: true },
  });
  const names = new Set(
    rows.flatMap(({ id, chatId, chatPn, fromMe, kind }) =>
      // What could not be decrypted gives its place to the message itself.
      kind === "UNDECRYPTABLE" ? [] : [chatId, chatPn].map((chat) => `${id} ${fromMe} ${chat}`),
    ),
  );
  return ({ id, fromMe, chat }) =>
    [chat.id, chat.pn, chat.lid].some(
      (name) => name !== null && names.has(`${id} ${fromMe} ${name}`),
    );
}
