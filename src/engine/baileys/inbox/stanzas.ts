import type { BinaryNode } from "../library.ts";

/** An `enc` node with the attributes of the stanza that carries it. */
export interface Encrypted {
  readonly stanza: Readonly<Record<string, string>>;
  readonly enc: Readonly<Record<string, string>>;
}

export interface Stanzas {
  /** To be called with every frame before Baileys handles it. */
  observe(frame: unknown): void;
  /** The stanza that a ciphertext came in. */
  of(ciphertext: Uint8Array): Encrypted | undefined;
}

/**
 * Tells which stanza is being decrypted. Baileys hands its Signal repository the ciphertext alone,
 * but the very same buffer that was in the frame, so the buffer is the key; when Baileys drops it,
 * so does the map.
 */
export function createStanzas(): Stanzas {
  const known = new WeakMap<Uint8Array, Encrypted>();
  return {
    observe(frame) {
      if (!isMessage(frame)) return;
      for (const { tag, attrs, content } of frame.content) {
        if (tag === "enc" && content instanceof Uint8Array) {
          known.set(content, { stanza: frame.attrs, enc: attrs });
        }
      }
    },
    of: (ciphertext) => known.get(ciphertext),
  };
}

function isMessage(frame: unknown): frame is BinaryNode & { readonly content: BinaryNode[] } {
  if (typeof frame !== "object" || frame === null || !("tag" in frame)) return false;
  return frame.tag === "message" && "content" in frame && Array.isArray(frame.content);
}
