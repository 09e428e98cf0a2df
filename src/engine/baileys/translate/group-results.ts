import type {
  GroupParticipantAction,
  GroupParticipantError,
  GroupParticipantResult,
  JoinRequest,
} from "../../../domain/group-facts.ts";
import type { AddressBook } from "../address-book.ts";
import { type BinaryNode, getBinaryNodeChildren } from "../library.ts";
import { given } from "./names.ts";
import { instant } from "./numbers.ts";

/** What WhatsApp's numbers mean when somebody is added to a group. */
const ADDING: ReadonlyMap<number, GroupParticipantError> = new Map([
  [401, "NOT_ALLOWED"],
  [403, "PRIVACY_SETTINGS"],
  [404, "NOT_ON_WHATSAPP"],
  [408, "LEFT_RECENTLY"],
  [409, "ALREADY_MEMBER"],
  [417, "PRIVACY_SETTINGS"],
  [419, "GROUP_FULL"],
  [500, "GROUP_FULL"],
]);

/** The same for who is in it, or waits to be. */
const OTHERWISE: ReadonlyMap<number, GroupParticipantError> = new Map([
  [401, "NOT_ALLOWED"],
  [403, "NOT_ALLOWED"],
  [404, "NOT_FOUND"],
  [405, "NOT_ALLOWED"],
  [406, "NOT_ALLOWED"],
  [409, "ALREADY_MEMBER"],
  [419, "GROUP_FULL"],
]);

/** How an answer says for each of several people what has become of them. */
export async function participantResultsOf(
  node: BinaryNode | undefined,
  action: GroupParticipantAction | "DECIDE",
  book: AddressBook,
): Promise<readonly GroupParticipantResult[]> {
  const meanings = action === "ADD" ? ADDING : OTHERWISE;
  const named = getBinaryNodeChildren(node, "participant").flatMap(({ attrs }) => {
    const names = given(attrs["jid"], attrs["phone_number"], attrs["lid"]);
    return names.length === 0 ? [] : [{ names, code: Number(attrs["error"] ?? 0) || null }];
  });
  return Promise.all(
    named.map(async ({ names, code }) => ({
      participant: await book.complete(names),
      error: code === null ? null : (meanings.get(code) ?? "OTHER"),
      whatsappCode: code,
    })),
  );
}

/** Who waits to be let into a group. */
export async function joinRequestsOf(
  node: BinaryNode | undefined,
  book: AddressBook,
): Promise<readonly JoinRequest[]> {
  const requests = getBinaryNodeChildren(node, "membership_approval_request");
  const named = requests.flatMap(({ attrs }) => {
    const names = given(attrs["jid"], attrs["phone_number"], attrs["lid"]);
    return names.length === 0 ? [] : [{ names, requestedAt: instant(attrs["request_time"]) }];
  });
  return Promise.all(
    named.map(async ({ names, requestedAt }) => ({
      participant: await book.complete(names),
      requestedAt,
    })),
  );
}
