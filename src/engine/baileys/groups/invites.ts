import { GatewayError } from "../../../domain/errors.ts";
import type { GroupCalls, JoinedGroup } from "../../group-calls.ts";
import { type BinaryNode, getBinaryNodeChild } from "../library.ts";
import { groupIdOf, groupPreviewOf } from "../translate/group-facts.ts";
import { ALL_GROUPS, type Ask, groupQuery } from "./ask.ts";

type Act = (jid: string, type: "get" | "set", content: BinaryNode) => Promise<BinaryNode>;

/** What can be done with the links to groups. */
export function inviteCalls(
  ask: Ask,
  act: Act,
  forget: (jid: string) => void,
): Pick<GroupCalls, "inviteCode" | "revokeInvite" | "invitedTo" | "join"> {
  async function invitedTo(code: string) {
    const invite = { tag: "invite", attrs: { code } };
    const answer = await ask(groupQuery(ALL_GROUPS, "get", invite), "INVITE");
    const node = getBinaryNodeChild(answer, "group");
    const preview = node && groupPreviewOf(node);
    if (preview !== undefined) return preview;
    throw noAnswer();
  }

  return {
    async inviteCode(id) {
      return codeIn(await act(id, "get", { tag: "invite", attrs: {} }));
    },
    async revokeInvite(id) {
      return codeIn(await act(id, "set", { tag: "invite", attrs: {} }));
    },
    invitedTo,
    async join(code) {
      const invite = { tag: "invite", attrs: { code } };
      const answer = await ask(groupQuery(ALL_GROUPS, "set", invite), "INVITE");
      const joined = joinedOf(answer);
      forget(joined.id);
      return joined;
    },
  };
}

function codeIn(answer: BinaryNode): string {
  const code = getBinaryNodeChild(answer, "invite")?.attrs["code"];
  if (code) return code;
  throw noAnswer();
}

/** Where admins decide, the answer names the group under another tag. */
function joinedOf(answer: BinaryNode): JoinedGroup {
  const asked = getBinaryNodeChild(answer, "membership_approval_request");
  const node = asked ?? getBinaryNodeChild(answer, "group");
  const id = groupIdOf(node?.attrs["jid"] ?? node?.attrs["id"]);
  if (id === undefined) throw noAnswer();
  return { id, isPending: asked !== undefined };
}

function noAnswer(): GatewayError {
  return new GatewayError("UNAVAILABLE", "WhatsApp's answer names no group. Try again.");
}
