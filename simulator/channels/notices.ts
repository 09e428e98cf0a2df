import type { Accounts } from "../accounts/accounts.ts";
import { SERVER } from "../protocol/jid.ts";
import { unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import type { Channel } from "./channel.ts";
import { metadataOf, threadOf } from "./metadata.ts";

/** What linked devices are told of a channel. */
export type Notice = "JOIN" | "LEAVE" | "MUTE" | "UPDATE" | "STATE";

const OPERATIONS: Readonly<Record<Notice, readonly [operation: string, field: string]>> = {
  JOIN: ["NotificationNewsletterJoin", "xwa2_notify_newsletter_on_join"],
  LEAVE: ["NotificationNewsletterLeave", "xwa2_notify_newsletter_on_leave"],
  MUTE: ["NotificationNewsletterUserSettingChange", "xwa2_notify_newsletter_on_mute_change"],
  UPDATE: ["NotificationNewsletterUpdate", "xwa2_notify_newsletter_on_metadata_update"],
  STATE: ["NotificationNewsletterStateChange", "xwa2_notify_newsletter_on_state_change"],
};

/** Tells the linked devices of one account, as WhatsApp does: in the answer of a query that nobody has asked. */
export function tell(accounts: Accounts, phone: string, notice: Notice, channel: Channel): void {
  const [operation, field] = OPERATIONS[notice];
  const data = { [field]: bodyOf(notice, channel, phone) };
  const content = Buffer.from(JSON.stringify({ data }));
  const attrs = { from: SERVER, type: "mex", id: makeStanzaId(), t: String(unixSeconds()) };
  const update = { tag: "update", attrs: { op_name: operation }, content };
  for (const companion of accounts.find(phone)?.companions ?? []) {
    companion.deliver({ tag: "notification", attrs, content: [update] });
  }
}

function bodyOf(notice: Notice, channel: Channel, phone: string): object {
  const { id, state, viewer_metadata: viewer, ...metadata } = metadataOf(channel, phone);
  switch (notice) {
    case "JOIN":
      return { id, state, viewer_metadata: viewer, ...metadata };
    case "LEAVE":
      return { id, role: viewer.role };
    case "MUTE":
      return { id, mute: viewer.mute };
    case "UPDATE":
      return { id, thread_metadata: threadOf(channel) };
    case "STATE":
      return { id, is_requestor: channel.owner === phone, state };
  }
}
