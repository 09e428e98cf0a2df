import type { OutgoingChange, OutgoingContent, OutgoingContext } from "../../domain/outgoing.ts";

type Wish<T> = T extends unknown
  ? Omit<T, "target" | "asked"> & Pick<OutgoingContext, "mentions">
  : never;

/** What a row that is on its way out does to another message. */
export type StoredChange = Wish<OutgoingChange> & { readonly targetUid: string };

/** Null for what is a message of its own. */
export function encodeChange(content: OutgoingContent): string | null {
  if (!("target" in content)) return null;
  const { target, quoted: _, ...wish } = content;
  const written = { ...wish, targetUid: target.uid, asked: undefined };
  return JSON.stringify(written satisfies StoredChange);
}

/** @throws SyntaxError for what `encodeChange` did not write */
export function decodeChange(stored: string | null): StoredChange {
  return JSON.parse(stored ?? "") as StoredChange;
}
