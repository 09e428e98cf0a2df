import { SimulatorError } from "../errors.ts";
import type { OutgoingContent } from "../messages/content.ts";
import {
  defined,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalString,
  optionalStrings,
  requiredDegrees,
  requiredString,
  requiredStrings,
} from "./fields.ts";

type Fields = Readonly<Record<string, unknown>>;

const READERS: Readonly<Record<string, (fields: Fields) => OutgoingContent>> = {
  image: (fields) => ({ image: { ...fileOf(fields), ...captionOf(fields) } }),
  video: (fields) => ({ video: { ...fileOf(fields), ...captionOf(fields) } }),
  audio: (fields) => {
    const voice = optionalBoolean(fields, "voice");
    const seconds = optionalNumber(fields, "seconds");
    return { audio: { ...fileOf(fields), ...defined({ voice, seconds }) } };
  },
  sticker: (fields) => ({ sticker: fileOf(fields) }),
  document: (fields) => {
    const fileName = optionalString(fields, "fileName");
    return { document: { ...fileOf(fields), ...captionOf(fields), ...defined({ fileName }) } };
  },
  location: (fields) => {
    const name = optionalString(fields, "name");
    const address = optionalString(fields, "address");
    const live = optionalBoolean(fields, "live");
    const latitude = requiredDegrees(fields, "latitude");
    const longitude = requiredDegrees(fields, "longitude");
    return { location: { latitude, longitude, ...defined({ name, address, live }) } };
  },
  contact: (fields) => ({
    contacts: [{ name: requiredString(fields, "name"), vcard: requiredString(fields, "vcard") }],
  }),
  poll: (fields) => {
    const selectableCount = optionalNumber(fields, "selectableCount");
    const question = requiredString(fields, "question");
    const options = requiredStrings(fields, "options");
    return { poll: { question, options, ...defined({ selectableCount }) } };
  },
  reaction: (fields) => ({
    reaction: { ...targetOf(fields), emoji: optionalString(fields, "emoji") ?? "" },
  }),
  edit: (fields) => ({
    edit: { id: requiredString(fields, "id"), text: requiredString(fields, "text") },
  }),
  pin: (fields) => ({
    pin: { ...targetOf(fields), seconds: optionalNumber(fields, "seconds") ?? 0 },
  }),
  keep: (fields) => {
    const undo = optionalBoolean(fields, "undo");
    return { keep: { ...targetOf(fields), ...defined({ undo }) } };
  },
  deletion: (fields) => ({ deletion: targetOf(fields) }),
};

/**
 * Reads `{text, quoted?, mentions?}`, or one of the kinds above by its name: `{image: {base64, …}}`.
 * @throws {SimulatorError} BAD_REQUEST
 */
export function readContent(body: Fields): OutgoingContent {
  for (const [name, read] of Object.entries(READERS)) {
    const fields = optionalObject(body, name);
    if (fields !== undefined) return read(fields);
  }
  const text = optionalString(body, "text");
  if (text === undefined) {
    const names = ["text", ...Object.keys(READERS)].map((name) => `"${name}"`).join(", ");
    throw new SimulatorError("BAD_REQUEST", `one of ${names} is needed`);
  }
  const mentions = optionalStrings(body, "mentions");
  const quoted = optionalObject(body, "quoted");
  return { text, ...defined({ mentions, quoted: quoted && targetOf(quoted) }) };
}

function targetOf(fields: Fields): { readonly id: string; readonly from: string } {
  return { id: requiredString(fields, "id"), from: requiredString(fields, "from") };
}

function fileOf(fields: Fields) {
  const mimetype = optionalString(fields, "mimetype");
  return { base64: readBase64(fields), ...defined({ mimetype }) };
}

function captionOf(fields: Fields) {
  return defined({ caption: optionalString(fields, "caption") });
}

function readBase64(fields: Fields): string {
  const base64 = requiredString(fields, "base64");
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return base64;
  throw new SimulatorError("BAD_REQUEST", '"base64" is not base64');
}
