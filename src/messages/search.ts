import { GatewayError } from "../domain/errors.ts";

/** Characters of a search: a sentence. */
const MAX_LENGTH = 200;

/** Words of a search; each reads a list of its own. */
const MAX_WORDS = 16;

/** Where a search looks: in this account, in one of these chats, for what one of these people wrote. */
interface Places {
  readonly instanceId: string;
  readonly chatIds: readonly string[] | undefined;
  readonly senderIds: readonly string[] | undefined;
}

/**
 * A search in FTS5's own language: messages of these places whose text has all the words; the last may be the
 * beginning of one. What is no word (quotes, operators, brackets) separates words, and each word is quoted, so that
 * a caller's text is never anything but words.
 * @throws GatewayError BAD_INPUT
 */
export function searchOf(text: string, { instanceId, chatIds, senderIds }: Places): string {
  if (text.length > MAX_LENGTH) {
    throw new GatewayError("BAD_INPUT", `\`text\` has more than ${MAX_LENGTH} characters.`);
  }
  const words = text.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu) ?? [];
  if (words.length === 0 || words.length > MAX_WORDS) {
    throw new GatewayError("BAD_INPUT", `\`text\` is from one to ${MAX_WORDS} words.`);
  }
  const places = [[instanceId], chatIds ?? [], senderIds ?? []].filter(({ length }) => length > 0);
  const place = places.map((names) => `(${names.map(placeOf).join(" OR ")})`).join(" AND ");
  const quoted = words.map((word) => `"${word}"`).join(" AND ");
  return `place : (${place}) AND text : (${quoted}*)`;
}

/** As the index has it: what is no letter would be taken for two words. */
function placeOf(name: string): string {
  return `"${Buffer.from(name).toString("hex")}"`;
}
