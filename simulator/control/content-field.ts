import { SimulatorError } from "../errors.ts";
import type { OutgoingContent } from "../messages/content.ts";
import { defined, optionalObject, optionalString, requiredString } from "./fields.ts";

/**
 * Reads `{text, quoted?}`, `{image: {base64, …}}` or `{document: {base64, …}}`.
 * @throws {SimulatorError} BAD_REQUEST
 */
export function readContent(body: Readonly<Record<string, unknown>>): OutgoingContent {
  const image = optionalObject(body, "image");
  if (image !== undefined) {
    const { mimetype, caption } = media(image);
    return { image: { base64: readBase64(image), ...defined({ mimetype, caption }) } };
  }
  const document = optionalObject(body, "document");
  if (document !== undefined) {
    return { document: { base64: readBase64(document), ...defined(media(document)) } };
  }
  const text = optionalString(body, "text");
  if (text === undefined) {
    throw new SimulatorError("BAD_REQUEST", 'one of "text", "image" and "document" is needed');
  }
  const quoted = optionalObject(body, "quoted");
  if (quoted === undefined) return { text };
  const reference = { id: requiredString(quoted, "id"), from: requiredString(quoted, "from") };
  return { text, quoted: reference };
}

function media(fields: Readonly<Record<string, unknown>>) {
  return {
    mimetype: optionalString(fields, "mimetype"),
    fileName: optionalString(fields, "fileName"),
    caption: optionalString(fields, "caption"),
  };
}

function readBase64(fields: Readonly<Record<string, unknown>>): string {
  const base64 = requiredString(fields, "base64");
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return base64;
  throw new SimulatorError("BAD_REQUEST", '"base64" is not base64');
}
