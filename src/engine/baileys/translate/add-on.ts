import type { Change } from "../../engine.ts";
import { proto } from "../library.ts";
import { count } from "./numbers.ts";

interface AddOn {
  readonly key: proto.IMessageKey;
  readonly change: Change;
}

/** What phones choose when nobody does: a week, in seconds. */
const DEFAULT_PIN = 604_800;

/** The longest that phones offer: 30 days, in seconds. */
const LONGEST_PIN = 2_592_000;

const { PIN_FOR_ALL, UNPIN_FOR_ALL } = proto.Message.PinInChatMessage.Type;
const { KEEP_FOR_ALL, UNDO_KEEP_FOR_ALL } = proto.KeepType;

/** Whether a message is pinned in its chat, or kept there although it would disappear. Pure. */
export function addOnOf(message: proto.IMessage): AddOn | undefined {
  const { pinInChatMessage: pin, keepInChatMessage: keep, messageContextInfo } = message;
  if (pin?.key?.id) {
    const { key, type } = pin;
    if (type === UNPIN_FOR_ALL) return { key, change: { kind: "PIN", seconds: null } };
    if (type !== PIN_FOR_ALL) return undefined;
    const asked = count(messageContextInfo?.messageAddOnDurationInSecs) || DEFAULT_PIN;
    return { key, change: { kind: "PIN", seconds: Math.min(asked, LONGEST_PIN) } };
  }
  const isKept = keep?.keepType === KEEP_FOR_ALL;
  if (!keep?.key?.id || (!isKept && keep.keepType !== UNDO_KEEP_FOR_ALL)) return undefined;
  return { key: keep.key, change: { kind: "KEEP", isKept } };
}
