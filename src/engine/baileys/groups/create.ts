import { GatewayError } from "../../../domain/errors.ts";
import type { CreatedGroup, GroupDraft } from "../../group-calls.ts";
import type { AddressBook } from "../address-book.ts";
import {
  type BinaryNode,
  generateMessageIDV2,
  getBinaryNodeChild,
  getBinaryNodeChildren,
} from "../library.ts";
import { groupOf } from "../translate/group-facts.ts";
import { participantResultsOf } from "../translate/group-results.ts";
import { ALL_GROUPS, type Ask, groupQuery } from "./ask.ts";
import { participantNodes } from "./participants.ts";
import { descriptionNode } from "./settings.ts";

/** Makes a group or a community. Who could not be added is told with the group. */
export async function createGroup(
  draft: GroupDraft,
  ask: Ask,
  book: AddressBook,
): Promise<CreatedGroup> {
  const people = await participantNodes(draft.people, book);
  const answer = await ask(groupQuery(ALL_GROUPS, "set", createNode(draft, people)), "ACT");
  const node = getBinaryNodeChild(answer, "group");
  const group = node && groupOf(node);
  if (node === undefined || group === undefined) {
    throw new GatewayError("UNAVAILABLE", "WhatsApp's answer names no group. List the groups.");
  }
  return { group, participants: await participantResultsOf(others(node), "ADD", book) };
}

/** Without the account itself, which made it and was not asked for. */
function others(group: BinaryNode): BinaryNode {
  const all = getBinaryNodeChildren(group, "participant");
  return { ...group, content: all.filter(({ attrs }) => attrs["type"] !== "superadmin") };
}

function createNode(
  { subject, description, isCommunity }: GroupDraft,
  people: readonly BinaryNode[],
): BinaryNode {
  const parts = [...people];
  if (description !== null) parts.push(descriptionNode(description, undefined));
  if (isCommunity) {
    const mode = "request_required";
    parts.push(
      { tag: "parent", attrs: { default_membership_approval_mode: mode } },
      { tag: "allow_non_admin_sub_group_creation", attrs: {} },
      { tag: "create_general_chat", attrs: {} },
    );
  }
  // By the key WhatsApp knows a second attempt of the same call.
  return { tag: "create", attrs: { subject, key: generateMessageIDV2() }, content: parts };
}
