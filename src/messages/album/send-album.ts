import { GatewayError } from "../../domain/errors.ts";
import type { Database } from "../../store/database.ts";
import { checkContext } from "../content/context.ts";
import { toolsFor } from "../content/tools.ts";
import type { AlbumRequest, SentAlbum } from "../messages.ts";
import { MESSAGE_COLUMNS, toStored } from "../rows.ts";
import { checkTyping, type SendNeeds } from "../send.ts";
import { albumFingerprint, checkItems, stageAlbum } from "./album.ts";

type AlbumNeeds = SendNeeds & { readonly discardFile: (uid: string) => Promise<void> };

/** Sends an album: all of its messages are stored in one transaction, and each then goes its own way. */
export function createSendAlbum(needs: AlbumNeeds): (request: AlbumRequest) => Promise<SentAlbum> {
  const { database, instances, recipients, submit, discardFile } = needs;
  return async (request) => {
    const { instanceId, to, items, ...options } = request;
    checkItems(items);
    const uid = await submit({
      instanceId,
      options,
      operation: "album",
      fingerprint(sha256) {
        const said = albumFingerprint(items, sha256);
        const { quotedId = null, scheduledAt, disappearsAfter = null, typingMs = 0 } = request;
        const beside = [quotedId, scheduledAt?.toISOString() ?? null, disappearsAfter, typingMs];
        return said && [to, ...beside, ...said];
      },
      async make({ instance: { id }, patienceMs }) {
        const typingMs = checkTyping(request.typingMs);
        const connection = instances.connection(id);
        const lookUp = connection && ((phone: string) => connection.lookUp(phone));
        const recipient = await recipients.resolve(id, to, lookUp, patienceMs);
        const { address } = recipient;
        const context = await checkContext(database.read, id, address.pn ?? address.id, request);
        const tools = { ...toolsFor(needs, id, !options.scheduledAt), discardFile };
        return { recipient, typingMs, ...(await stageAlbum(items, context, tools)) };
      },
    });
    return albumOf(database, uid);
  };
}

/**
 * Whatever was refused of it stands on the message that was refused: the others may have arrived.
 * @throws GatewayError INSTANCE_NOT_FOUND
 */
async function albumOf({ read }: Database, uid: string): Promise<SentAlbum> {
  const row = await read.message.findUnique({ where: { uid }, select: MESSAGE_COLUMNS });
  if (!row) throw new GatewayError("INSTANCE_NOT_FOUND", "The instance was deleted meanwhile.");
  const stored = toStored(row);
  const { id, instanceId, chat } = stored.message;
  // Those of one transaction follow it at once.
  const parts = await read.message.findMany({
    where: {
      instanceId,
      chatId: chat.id,
      fromMe: true,
      uid: { gt: uid },
      extras: { contains: `"albumId":"${id}"` },
    },
    orderBy: { uid: "asc" },
    select: MESSAGE_COLUMNS,
  });
  return { ...stored, to: chat.pn ?? chat.id, items: parts.map(toStored) };
}
