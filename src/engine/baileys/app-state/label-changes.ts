import type { AppStateChange } from "../../../domain/app-state.ts";
import type { AddressBook } from "../address-book.ts";
import { count } from "../translate/numbers.ts";
import { isOn, messageIn, type Mutation } from "./names.ts";

/** A label that was made or changed, or was put on something: WhatsApp Business has them. */
export async function labelChangeOf(
  { index, action }: Mutation,
  at: Date,
  book: AddressBook,
): Promise<AppStateChange | undefined> {
  const [kind, labelId = "", name = "", ...rest] = index;
  if (labelId === "") return undefined;
  if (kind === "label_edit") {
    const { name: called, color, predefinedId, deleted } = action.labelEditAction ?? {};
    const label = { id: labelId, name: called ?? "", color: count(color) ?? 0 };
    const known = count(predefinedId);
    return { kind: "LABEL", at, label, predefinedId: known, isDeleted: isOn(deleted) };
  }
  if (!name.includes("@")) return undefined;
  const chat = await book.complete([name]);
  const isLabeled = isOn(action.labelAssociationAction?.labeled);
  if (kind === "label_jid") {
    return { kind: "LABELED", at, labelId, chat, message: null, isLabeled };
  }
  if (kind !== "label_message") return undefined;
  const message = await messageIn(["", name, ...rest], chat, book);
  return { kind: "LABELED", at, labelId, chat, message, isLabeled };
}
