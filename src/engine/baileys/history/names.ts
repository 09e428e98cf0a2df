import { isLid, isPn } from "../../../domain/address.ts";
import type { KeyStore } from "../keys/key-store.ts";
import { type Field, fieldsIn } from "./fields.ts";

/** Numbers of fields in WhatsApp's own description (`HistorySync`, `Conversation`, `PhoneNumberToLIDMapping`). */
export const CONVERSATION = 2;
export const PUSH_NAME = 7;
const MAPPING = 15;
const CHAT = { id: 1, pn: 39, lid: 42 } as const;
const CHAT_NAMES: ReadonlySet<number> = new Set(Object.values(CHAT));
const MAPPED = { pn: 1, lid: 2 } as const;

/** Pairs that are stored in one go. */
const AT_ONCE = 1_000;

/** Who is known by number and by LID, as a history tells it: stored, so that its messages find their people. */
export async function learnNames(
  fields: AsyncIterable<Field>,
  store: Pick<KeyStore, "set">,
): Promise<void> {
  let learned: Record<string, string> = {};
  for await (const { number, bytes } of fields) {
    const pair = number === MAPPING ? mapped(bytes) : number === CONVERSATION ? named(bytes) : null;
    if (!pair) continue;
    const [pn, lid] = pair.map(userOf);
    if (!pn || !lid) continue;
    learned[pn] = lid;
    learned[`${lid}_reverse`] = pn;
    if (Object.keys(learned).length < 2 * AT_ONCE) continue;
    await store.set({ "lid-mapping": learned });
    learned = {};
  }
  await store.set({ "lid-mapping": learned });
}

type Pair = readonly [pn: string, lid: string];

function mapped(bytes: Buffer): Pair | undefined {
  const texts = textsIn(bytes);
  return pairOf(texts.get(MAPPED.pn), texts.get(MAPPED.lid));
}

function named(bytes: Buffer): Pair | undefined {
  const texts = textsIn(bytes, CHAT_NAMES);
  const id = texts.get(CHAT.id);
  return pairOf(texts.get(CHAT.pn) ?? id, texts.get(CHAT.lid) ?? id);
}

function pairOf(pn: string | undefined, lid: string | undefined): Pair | undefined {
  return pn && lid && isPn(pn) && isLid(lid) ? [pn, lid] : undefined;
}

function textsIn(bytes: Buffer, wanted?: ReadonlySet<number>) {
  const texts = new Map<number, string>();
  for (const field of fieldsIn(bytes)) {
    if (!wanted || wanted.has(field.number)) texts.set(field.number, field.bytes.toString());
  }
  return texts;
}

function userOf(jid: string): string {
  return jid.slice(0, jid.indexOf("@")).replace(/:.*/, "");
}
