import type { PhoneAction } from "../appstate/actions.ts";
import { SimulatorError } from "../errors.ts";
import {
  defined,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalString,
  requiredString,
} from "./fields.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads what a phone is to do: the body has the fields of the TypeScript API. */
export function readAction(body: Fields): PhoneAction {
  const chat = () => requiredString(body, "chat");
  const flag = (name: string): boolean => optionalBoolean(body, name) === true;
  if (has(body, "archive")) return { archive: flag("archive"), chat: chat() };
  if (has(body, "pin")) return { pin: flag("pin"), chat: chat() };
  if (has(body, "mute")) return { mute: readMute(body), chat: chat() };
  if (has(body, "markRead")) return { markRead: flag("markRead"), chat: chat() };
  if (has(body, "star")) return { star: flag("star"), ...readName(body) };
  if (has(body, "deleteForMe")) return { deleteForMe: true, ...readName(body) };
  if (has(body, "chatLabel")) {
    return { chatLabel: requiredString(body, "chatLabel"), labeled: flag("labeled"), chat: chat() };
  }
  if (has(body, "messageLabel")) {
    const messageLabel = requiredString(body, "messageLabel");
    return { messageLabel, labeled: flag("labeled"), ...readName(body) };
  }
  if (has(body, "pushName")) return { pushName: requiredString(body, "pushName") };
  if (has(body, "contact")) return { contact: readContact(body), chat: chat() };
  const clear = optionalObject(body, "clear");
  if (clear) {
    const keepStarred = optionalBoolean(clear, "keepStarred");
    return { clear: { ...readRange(clear), ...defined({ keepStarred }) }, chat: chat() };
  }
  const gone = optionalObject(body, "deleteChat");
  if (gone) return { deleteChat: readRange(gone), chat: chat() };
  const label = optionalObject(body, "label");
  if (label) return { label: readLabel(label) };
  throw new SimulatorError("BAD_REQUEST", "the body says nothing that a phone could do");
}

function has(fields: Fields, name: string): boolean {
  return fields[name] !== undefined;
}

function readName(body: Fields) {
  const fromMe = optionalBoolean(body, "fromMe");
  const participant = optionalString(body, "participant");
  const chat = requiredString(body, "chat");
  return { chat, id: requiredString(body, "id"), ...defined({ fromMe, participant }) };
}

function readMute({ mute }: Fields): number | null {
  if (mute === null || (typeof mute === "number" && Number.isSafeInteger(mute))) return mute;
  throw new SimulatorError("BAD_REQUEST", `"mute" must be milliseconds since 1970, -1 or null`);
}

function readRange(fields: Fields) {
  return { upTo: optionalNumber(fields, "upTo") ?? Math.floor(Date.now() / 1000) };
}

function readContact(body: Fields) {
  if (body["contact"] === null) return null;
  const contact = optionalObject(body, "contact") ?? {};
  const firstName = optionalString(contact, "firstName");
  return { fullName: requiredString(contact, "fullName"), ...defined({ firstName }) };
}

function readLabel(fields: Fields) {
  const deleted = optionalBoolean(fields, "deleted");
  const [id, name] = [requiredString(fields, "id"), requiredString(fields, "name")];
  return { id, name, color: optionalNumber(fields, "color") ?? 0, ...defined({ deleted }) };
}
