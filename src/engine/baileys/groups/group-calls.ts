import { GatewayError } from "../../../domain/errors.ts";
import type { Group } from "../../../domain/group-facts.ts";
import type { GroupCalls } from "../../group-calls.ts";
import type { AddressBook } from "../address-book.ts";
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from "../library.ts";
import { groupOf, linkedGroupOf } from "../translate/group-facts.ts";
import { joinRequestsOf, participantResultsOf } from "../translate/group-results.ts";
import { ALL_GROUPS, type Ask, groupQuery } from "./ask.ts";
import { createGroup } from "./create.ts";
import { createGroupCache } from "./group-cache.ts";
import { inviteCalls } from "./invites.ts";
import { participantNodes } from "./participants.ts";
import { pictureQuery } from "./picture.ts";
import { settingQuery } from "./settings.ts";

export interface Groups {
  readonly calls: GroupCalls;
  /** To be called when something about a group has changed; about all of them where none is named. */
  changed(jid?: string): void;
}

/**
 * The groups of one connection.
 * @param forgetMembers has what is sent to a group asked for anew who is in it
 */
export function createGroupCalls(
  ask: Ask,
  book: AddressBook,
  forgetMembers: (jid: string) => void,
): Groups {
  const cache = createGroupCache({
    async one(jid) {
      const query = { tag: "query", attrs: { request: "interactive" } };
      return only(await ask(groupQuery(jid, "get", query), "GROUP"));
    },
    async all() {
      const wanted = ["participants", "description"].map((tag) => ({ tag, attrs: {} }));
      const query = { tag: "participating", attrs: {}, content: wanted };
      const answer = await ask(groupQuery(ALL_GROUPS, "get", query), "GROUP");
      const groups = getBinaryNodeChildren(getBinaryNodeChild(answer, "groups"), "group");
      return groups.flatMap((node) => groupOf(node) ?? []);
    },
  });

  function changed(jid: string): void {
    forgetMembers(jid);
    cache.forget(jid);
  }

  /** What we have changed ourselves is told too, but perhaps only after the caller asks for it, or writes to who is new. */
  async function act(jid: string, type: "get" | "set", content: BinaryNode): Promise<BinaryNode> {
    try {
      return await ask(groupQuery(jid, type, content), "ACT");
    } finally {
      if (type === "set") changed(jid);
    }
  }

  const calls: GroupCalls = {
    ...inviteCalls(ask, act, changed),
    list: cache.list,
    get: cache.get,
    async create(draft) {
      const made = await createGroup(draft, ask, book);
      changed(made.group.id);
      return made;
    },
    async change(id, setting) {
      await act(id, "set", await settingQuery(id, setting, ask));
    },
    async setPicture(id, jpeg) {
      await ask(pictureQuery(id, jpeg), "ACT");
    },
    async changeParticipants(id, action, people) {
      const tag = action.toLowerCase();
      const content = await participantNodes(people, book);
      const answer = await act(id, "set", { tag, attrs: {}, content });
      return participantResultsOf(getBinaryNodeChild(answer, tag), action, book);
    },
    async joinRequests(id) {
      const tag = "membership_approval_requests";
      const answer = await act(id, "get", { tag, attrs: {} });
      return joinRequestsOf(getBinaryNodeChild(answer, tag), book);
    },
    async decide(id, decision, people) {
      const tag = "membership_requests_action";
      const verdict = decision.toLowerCase();
      const content = await participantNodes(people, book);
      const decided = [{ tag: verdict, attrs: {}, content }];
      const answer = await act(id, "set", { tag, attrs: {}, content: decided });
      const told = getBinaryNodeChild(getBinaryNodeChild(answer, tag), verdict);
      return participantResultsOf(told, "DECIDE", book);
    },
    async leave(id) {
      const group = { tag: "group", attrs: { id } };
      const leave = { tag: "leave", attrs: {}, content: [group] };
      await ask(groupQuery(ALL_GROUPS, "set", leave), "GROUP");
      changed(id);
    },
    async link(community, group, isLinked) {
      await act(community, "set", linkNode(group, isLinked));
      changed(group);
    },
    async linkedGroups(community) {
      const tag = "sub_groups";
      const answer = await ask(groupQuery(community, "get", { tag, attrs: {} }), "GROUP");
      const groups = getBinaryNodeChildren(getBinaryNodeChild(answer, tag), "group");
      return groups.flatMap((node) => linkedGroupOf(node) ?? []);
    },
  };
  return { calls, changed: cache.forget };
}

function only(answer: BinaryNode): Group {
  const node = getBinaryNodeChild(answer, "group");
  const group = node && groupOf(node);
  if (group !== undefined) return group;
  throw new GatewayError("UNAVAILABLE", "WhatsApp's answer names no group. Try again.");
}

function linkNode(group: string, isLinked: boolean): BinaryNode {
  const content = [{ tag: "group", attrs: { jid: group } }];
  if (!isLinked) return { tag: "unlink", attrs: { unlink_type: "sub_group" }, content };
  const link = { tag: "link", attrs: { link_type: "sub_group" }, content };
  return { tag: "links", attrs: {}, content: [link] };
}
