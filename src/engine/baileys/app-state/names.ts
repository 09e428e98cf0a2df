import type { Address } from "../../../domain/address.ts";
import type { SharedMessage } from "../../../domain/app-state.ts";
import type { MessageId } from "../../../domain/ids.ts";
import type { AddressBook } from "../address-book.ts";
import type { proto } from "../library.ts";

/** Under which devices write what the account calls itself. */
export const OWN_NAME = "setting_pushName";

/** What a device has written: WhatsApp's name of the thing, and what was done to it. */
export interface Mutation {
  readonly index: readonly string[];
  readonly action: proto.ISyncActionValue;
}

export async function messageIn(
  [, , id = "", fromMe, author = ""]: readonly string[],
  chat: Address,
  book: AddressBook,
): Promise<SharedMessage> {
  const isNamed = author.includes("@");
  return {
    id: id as MessageId,
    chat,
    fromMe: fromMe === "1",
    author: isNamed ? await book.complete([author]) : null,
  };
}

export function isOn(flag: boolean | null | undefined): boolean {
  return flag === true;
}
