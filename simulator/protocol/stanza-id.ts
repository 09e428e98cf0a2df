import { randomBytes } from "node:crypto";

/** The id of a stanza that the server makes; its own look like this: digits and a dash. */
export function makeStanzaId(): string {
  return `${randomBytes(4).readUInt32BE()}-${randomBytes(2).readUInt16BE()}`;
}
