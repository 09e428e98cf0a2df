import type { GroupSetting } from "../../../domain/group-facts.ts";
import type { Jid } from "../../../domain/ids.ts";
import { type BinaryNode, generateMessageIDV2, getBinaryNodeChild } from "../library.ts";
import { type Ask, groupQuery } from "./ask.ts";

/** The command that changes one setting. */
export async function settingQuery(id: Jid, setting: GroupSetting, ask: Ask): Promise<BinaryNode> {
  switch (setting.kind) {
    case "SUBJECT":
      return { tag: "subject", attrs: {}, content: Buffer.from(setting.subject) };
    case "DESCRIPTION":
      return descriptionNode(setting.description, await descriptionIdOf(id, ask));
    case "ANNOUNCEMENT":
      return { tag: setting.isOn ? "announcement" : "not_announcement", attrs: {} };
    case "LOCKED":
      return { tag: setting.isOn ? "locked" : "unlocked", attrs: {} };
    case "MEMBERS_MAY_ADD": {
      const mode = setting.isOn ? "all_member_add" : "admin_add";
      return { tag: "member_add_mode", attrs: {}, content: Buffer.from(mode) };
    }
    case "JOIN_APPROVAL": {
      const state = setting.isOn ? "on" : "off";
      const content = [{ tag: "group_join", attrs: { state } }];
      return { tag: "membership_approval_mode", attrs: {}, content };
    }
    case "DISAPPEARING": {
      const expiration = String(setting.seconds);
      if (setting.seconds === 0) return { tag: "not_ephemeral", attrs: {} };
      return { tag: "ephemeral", attrs: { expiration } };
    }
  }
}

/** @param before the id of the description that it takes the place of */
export function descriptionNode(text: string, before: string | undefined): BinaryNode {
  const prev = before === undefined ? {} : { prev: before };
  if (text === "") return { tag: "description", attrs: { delete: "true", ...prev } };
  const body = { tag: "body", attrs: {}, content: Buffer.from(text) };
  const id = generateMessageIDV2();
  return { tag: "description", attrs: { id, ...prev }, content: [body] };
}

/** WhatsApp refuses whoever does not know the description that they change. */
async function descriptionIdOf(id: Jid, ask: Ask): Promise<string | undefined> {
  const query = { tag: "query", attrs: { request: "interactive" } };
  const answer = await ask(groupQuery(id, "get", query), "GROUP");
  const group = getBinaryNodeChild(answer, "group");
  return getBinaryNodeChild(group, "description")?.attrs["id"];
}
