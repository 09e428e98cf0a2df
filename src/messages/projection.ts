import { encodeExtras } from "../domain/content.ts";
import type { EventDraft } from "../domain/event.ts";
import type { Message } from "../domain/message.ts";
import { identityOf } from "../domain/message.ts";
import type { Projection } from "../events/append.ts";
import { newId } from "../lib/ids.ts";
import type { Tx } from "../store/writer.ts";

/**
 * The message store follows the log: a message that came in becomes a row in its event's own
 * transaction, and one that is a row already is no news, whatever path it came by. What could not be
 * decrypted gives its place to the message itself when a retry brings it.
 */
export const messageProjection: Projection = {
  async admit(tx, drafts) {
    const incoming = drafts.flatMap((draft) => {
      const message = incomingMessage(draft);
      return message ? [{ draft, message, identity: identityOf(message) }] : [];
    });
    const fresh = await insertMessages(tx, firstOfEach(incoming));
    const news = new Set(fresh);
    return drafts.map((draft) => incomingMessage(draft) === undefined || news.has(draft));
  },
};

interface Incoming<Draft = EventDraft> {
  readonly draft: Draft;
  readonly message: Message;
  readonly identity: string;
}

function incomingMessage({ event }: EventDraft): Message | undefined {
  const { type } = event;
  if (type === "message.received" || type === "message.undecryptable") return event.message;
  return type === "message.sent" && event.source === "DEVICE" ? event.message : undefined;
}

/** One statement must not touch a row twice: of equal messages in a group the first readable one stands. */
function firstOfEach(incoming: readonly Incoming[]): readonly Incoming[] {
  const kept = new Map<string, Incoming>();
  for (const each of incoming) {
    const name = `${each.draft.instanceId} ${each.identity}`;
    if (kept.get(name)?.message.kind === "UNDECRYPTABLE" || !kept.has(name)) kept.set(name, each);
  }
  return [...kept.values()];
}

/** @returns the drafts of those that were not here before */
export async function insertMessages<Draft extends Pick<EventDraft, "instanceId" | "raw">>(
  tx: Tx,
  incoming: readonly Incoming<Draft>[],
): Promise<Draft[]> {
  if (incoming.length === 0) return [];
  const rows = JSON.stringify(
    incoming.map(({ draft, message, identity }) => ({
      u: newId(),
      i: draft.instanceId,
      k: identity,
      m: message.id,
      c: message.chat,
      s: message.sender,
      me: message.fromMe ? 1 : 0,
      t: message.kind,
      x: message.text,
      at: message.timestamp.getTime(),
      st: message.status,
      q: message.quotedId,
      a: message.media && JSON.stringify(message.media),
      e: encodeExtras(message),
      r: draft.raw ? Buffer.from(draft.raw).toString("hex") : null,
      so: message.fromMe ? "DEVICE" : null,
    })),
  );
  const inserted = await tx.db.$queryRaw<{ instanceId: string; identity: string }[]>`
    INSERT INTO "Message" (uid, "instanceId", identity, id, "chatId", "chatPn", "chatLid",
      "senderId", "senderPn", "senderLid", "senderName", "fromMe", kind, text, timestamp, status,
      "quotedId", media, extras, raw, source, "createdAt")
    SELECT v->>'u', v->>'i', v->>'k', v->>'m', v->>'$.c.id', v->>'$.c.pn', v->>'$.c.lid',
      v->>'$.s.id', v->>'$.s.pn', v->>'$.s.lid', v->>'$.s.name', v->>'me', v->>'t', v->>'x', v->>'at', v->>'st',
      v->>'q', v->>'a', v->>'e', unhex(v->>'r'), v->>'so', ${Date.now()}
    FROM (SELECT value AS v FROM json_each(${rows})) WHERE true
    ON CONFLICT ("instanceId", identity) DO UPDATE SET
      kind = excluded.kind, text = excluded.text, timestamp = excluded.timestamp,
      "quotedId" = excluded."quotedId", media = excluded.media, extras = excluded.extras, raw = excluded.raw,
      "senderName" = coalesce(excluded."senderName", "senderName")
    WHERE "Message".kind = 'UNDECRYPTABLE' AND excluded.kind <> 'UNDECRYPTABLE'
    RETURNING "instanceId", identity`;
  const names = new Set(inserted.map((row) => `${row.instanceId} ${row.identity}`));
  return incoming
    .filter(({ draft, identity }) => names.has(`${draft.instanceId} ${identity}`))
    .map(({ draft }) => draft);
}
