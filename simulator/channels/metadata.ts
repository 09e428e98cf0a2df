import type { Channel } from "./channel.ts";

/** Pictures lie in the open; there is a path, and nothing at its end. */
function pictureOf({ jid, picture }: Channel, type: string) {
  if (picture === undefined) return null;
  return { id: "1", type, direct_path: `/m1/v/t24/${jid.replace("@newsletter", "")}.jpg` };
}

function roleOf({ owner, admins, followers }: Channel, phone: string): string {
  if (owner === phone) return "OWNER";
  if (admins.includes(phone)) return "ADMIN";
  return followers.includes(phone) ? "SUBSCRIBER" : "GUEST";
}

/** A channel as WhatsApp's GraphQL tells of it: numbers are text. */
export function threadOf(channel: Channel) {
  const said = { id: "1", update_time: `${channel.createdAt}000000` };
  return {
    creation_time: String(channel.createdAt),
    name: { ...said, text: channel.name },
    description: { ...said, text: channel.description },
    invite: channel.inviteCode,
    handle: null,
    subscribers_count: String(channel.followers.length),
    verification: channel.isVerified ? "VERIFIED" : "UNVERIFIED",
    picture: pictureOf(channel, "IMAGE"),
    preview: pictureOf(channel, "PREVIEW"),
    settings: { reaction_codes: { value: "ALL" } },
  };
}

/** The same with what it is for one account. */
export function metadataOf(channel: Channel, phone: string) {
  const mute = channel.muted.includes(phone) ? "ON" : "OFF";
  const role = roleOf(channel, phone);
  return {
    id: channel.jid,
    state: { type: channel.isDeleted ? "DELETED" : "ACTIVE" },
    thread_metadata: threadOf(channel),
    viewer_metadata: role === "GUEST" ? { mute: null, role } : { mute, role },
  };
}
