import { bareJid, isChannel } from "../../../domain/address.ts";
import type { Channel, ChannelRole, ChannelState } from "../../../domain/channel.ts";
import { fieldsOf } from "./json.ts";
import { count, instant } from "./numbers.ts";

const ROLES: ReadonlySet<string> = new Set<ChannelRole>(["OWNER", "ADMIN", "SUBSCRIBER", "GUEST"]);

const STATES: ReadonlyMap<string, ChannelState> = new Map([
  ["ACTIVE", "ACTIVE"],
  ["SUSPENDED", "SUSPENDED"],
  ["GEOSUSPENDED", "GEO_SUSPENDED"],
  ["DELETED", "DELETED"],
]);

/** Where WhatsApp shows pictures of channels to everybody. */
const PICTURES = "https://pps.whatsapp.net";

/** Reads what WhatsApp says of a channel, in JSON; nothing when it names none. Words come in either case. */
export function channelOf(json: unknown): Channel | undefined {
  const { id, state, thread_metadata: thread, viewer_metadata: viewer } = fieldsOf(json);
  if (typeof id !== "string" || !isChannel(id)) return undefined;
  const said = fieldsOf(thread);
  const { mute, role } = fieldsOf(viewer);
  return {
    id: bareJid(id),
    name: textIn(said["name"]) ?? "",
    description: textIn(said["description"]) || null,
    inviteCode: text(said["invite"]) || null,
    pictureUrl: pictureIn(said["picture"]) ?? pictureIn(said["preview"]) ?? null,
    subscribersCount: count(numeral(said["subscribers_count"])),
    isVerified: word(said["verification"]) === "VERIFIED",
    role: roleOf(word(role)),
    isMuted: muteOf(mute),
    createdAt: instant(numeral(said["creation_time"])),
    state: stateOf(state),
  };
}

export function stateOf(json: unknown): ChannelState | null {
  return STATES.get(word(fieldsOf(json)["type"]) ?? "") ?? null;
}

export function muteOf(value: unknown): boolean | null {
  return value === undefined || value === null ? null : word(value) === "ON";
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function word(value: unknown): string | undefined {
  return text(value)?.toUpperCase();
}

/** Name and description come with an id and the time of their last change. */
export function textIn(value: unknown): string | null {
  return text(fieldsOf(value)["text"]);
}

function pictureIn(value: unknown): string | undefined {
  const path = text(fieldsOf(value)["direct_path"]);
  // "//host/…" would name another host.
  return path && /^\/(?!\/)/.test(path) ? PICTURES + path : undefined;
}

/** Numbers come as text, so that they may be of any size. */
function numeral(value: unknown): string | number | null {
  return typeof value === "number" ? value : text(value) || null;
}

function roleOf(role: string | undefined): ChannelRole | null {
  return role !== undefined && ROLES.has(role) ? (role as ChannelRole) : null;
}
