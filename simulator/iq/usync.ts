import { jidEncode } from "@whiskeysockets/baileys";
import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { accountJid, parseDevice, SERVER } from "../protocol/jid.ts";
import { type BinaryNode, childNamed, childrenOf, iqResult, textOf } from "../protocol/nodes.ts";

/** `iq get usync`: which numbers have WhatsApp, on which devices, and under which LID. */
export function answerUsync(iq: BinaryNode, asker: AccountState, accounts: Accounts): BinaryNode {
  const usync = childNamed(iq, "usync");
  const asked = new Set(childrenOf(childNamed(usync, "query")).map(({ tag }) => tag));
  const list = childrenOf(childNamed(usync, "list")).map((user) => {
    const number = textOf(childNamed(user, "contact"));
    const jid = user.attrs["jid"] ?? jidOfNumber(number);
    const account = accounts.byJid(jid);
    const content = answers(asked, jid, number, account);
    if (asked.has("status") && account) content.push(about(account, asker));
    return { tag: "user", attrs: { jid }, content };
  });
  const attrs = { sid: usync?.attrs["sid"] ?? "", mode: "query", last: "true", index: "0" };
  const content = [{ tag: "list", attrs: {}, content: list }];
  return iqResult(iq, [{ tag: "usync", attrs, content }]);
}

function answers(
  asked: ReadonlySet<string>,
  jid: string,
  number: string,
  account: AccountState | undefined,
): BinaryNode[] {
  const found: BinaryNode[] = [];
  if (asked.has("devices") && account !== undefined) found.push(deviceList(account));
  // Baileys fetches keys by LID only: a number without one could not be written to.
  if (asked.has("lid") && account !== undefined && !jid.endsWith("@lid")) {
    found.push({ tag: "lid", attrs: { val: accountJid(account.phone, "lid") } });
  }
  if (asked.has("contact")) {
    const type = account === undefined ? "out" : "in";
    // The number comes back as it was asked for, beside a JID that may be another variant of it.
    found.push({ tag: "contact", attrs: { type }, content: Buffer.from(number) });
  }
  return found;
}

function about({ profile }: AccountState, asker: AccountState): BinaryNode {
  const attrs = { t: String(profile.aboutSince) };
  if (profile.shows("status", asker.phone)) {
    return { tag: "status", attrs, content: Buffer.from(profile.about) };
  }
  return { tag: "status", attrs: { code: "401", type: "fail" } };
}

function deviceList(account: AccountState): BinaryNode {
  const phone = { tag: "device", attrs: { id: "0" } };
  const companions = account.companions.map(({ address }) => ({
    tag: "device",
    // Baileys drops a companion without a key index.
    attrs: { id: String(address.device), "key-index": String(address.device) },
  }));
  const content = [{ tag: "device-list", attrs: {}, content: [phone, ...companions] }];
  return { tag: "devices", attrs: {}, content };
}

/** Numbers are asked for as text, with or without `+`; the answer names a JID. */
function jidOfNumber(text: string): string {
  const digits = text.replace(/\D/g, "");
  return parseDevice(`${digits}@${SERVER}`) === undefined ? "" : jidEncode(digits, SERVER);
}
