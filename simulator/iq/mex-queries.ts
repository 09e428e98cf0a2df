import type { AccountState } from "../accounts/account-state.ts";
import type { Channel } from "../channels/channel.ts";
import type { Channels } from "../channels/channels.ts";
import { metadataOf } from "../channels/metadata.ts";
import { type BinaryNode, childNamed, iqError, iqResult, textOf } from "../protocol/nodes.ts";

/** Under which numbers WhatsApp's web client asks. */
const NUMBERS = {
  metadata: "6563316087068696",
  followed: "6388546374527196",
  create: "8823471724422422",
  update: "24250201037901610",
  follow: "24404358912487870",
  unfollow: "9767147403369991",
  mute: "29766401636284406",
  unmute: "9864994326891137",
  delete: "30062808666639665",
} as const;

const NOT_ALLOWED = 403;
const NOT_FOUND = 404;
const GONE = 410;

/** What goes wrong is told inside an answer that went well. */
class MexError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

interface Variables {
  readonly newsletter_id?: string;
  readonly input?: Readonly<Record<string, string | null | undefined>>;
  readonly updates?: Readonly<Record<string, string | null | undefined>>;
}

/** `iq get w:mex`: GraphQL by number, in JSON; changes are asked for like questions. */
export function answerMex(iq: BinaryNode, account: AccountState, channels: Channels): BinaryNode {
  const query = childNamed(iq, "query");
  const { variables } = JSON.parse(textOf(query) || "{}") as { variables?: Variables };
  try {
    const data = dataFor(query?.attrs["query_id"] ?? "", variables ?? {}, account, channels);
    return data === undefined ? iqError(iq, 400, "bad-request") : answer(iq, { data });
  } catch (error) {
    if (!(error instanceof MexError)) throw error;
    const { code: error_code, message } = error;
    const extensions = { error_code, is_retryable: false, severity: "CRITICAL" };
    return answer(iq, { data: null, errors: [{ message, extensions, path: [] }] });
  }
}

function answer(iq: BinaryNode, json: object): BinaryNode {
  return iqResult(iq, [
    { tag: "result", attrs: {}, content: Buffer.from(JSON.stringify(json), "utf8") },
  ]);
}

function dataFor(
  id: string,
  { newsletter_id: jid = "", input = {}, updates = {} }: Variables,
  { phone }: AccountState,
  channels: Channels,
): object | undefined {
  const shown = (channel: Channel): object => metadataOf(channel, phone);
  switch (id) {
    case NUMBERS.followed:
      return { xwa2_newsletter_subscribed: channels.of(phone).map(shown) };
    case NUMBERS.metadata: {
      const key = input["key"] ?? "";
      const isInvite = input["type"] === "INVITE";
      const channel = isInvite ? channels.invitedBy(key) : channels.find(key);
      return { xwa2_newsletter: shown(there(channel)) };
    }
    case NUMBERS.create: {
      const { name, description } = input;
      const made = channels.create({
        name: name ?? "",
        description: description ?? "",
        owner: phone,
      });
      return { xwa2_newsletter_create: shown(made) };
    }
    case NUMBERS.update: {
      const { name, description, picture } = updates;
      const channel = owned(there(channels.find(jid)), phone);
      const changed = channels.change(channel.jid, {
        ...(typeof name === "string" && { name }),
        ...(typeof description === "string" && { description }),
        ...(typeof picture === "string" && { picture: pictureIn(picture) }),
      });
      return { xwa2_newsletter_update: shown(changed) };
    }
    case NUMBERS.follow:
      there(channels.find(jid));
      return { xwa2_newsletter_join_v2: shown(channels.change(jid, { follow: [phone] })) };
    case NUMBERS.unfollow: {
      const channel = followed(channels, jid, phone);
      if (channel.owner === phone) throw new MexError(NOT_ALLOWED, "Owner cannot leave");
      return { xwa2_newsletter_leave_v2: shown(channels.change(jid, { unfollow: [phone] })) };
    }
    case NUMBERS.mute:
      followed(channels, jid, phone);
      return { xwa2_newsletter_mute_v2: shown(channels.change(jid, { mute: [phone] })) };
    case NUMBERS.unmute:
      followed(channels, jid, phone);
      return { xwa2_newsletter_unmute_v2: shown(channels.change(jid, { unmute: [phone] })) };
    case NUMBERS.delete:
      owned(there(channels.find(jid)), phone);
      return { xwa2_newsletter_delete_v2: shown(channels.change(jid, { isDeleted: true })) };
    default:
      return undefined;
  }
}

function there(channel: Channel | undefined): Channel {
  if (channel === undefined) throw new MexError(NOT_FOUND, "Newsletter not found");
  if (channel.isDeleted) throw new MexError(GONE, "Newsletter deleted");
  return channel;
}

function owned(channel: Channel, phone: string): Channel {
  if (channel.owner === phone) return channel;
  throw new MexError(NOT_ALLOWED, "Not authorized");
}

function followed(channels: Channels, jid: string, phone: string): Channel {
  const channel = there(channels.find(jid));
  if (channel.followers.includes(phone)) return channel;
  throw new MexError(NOT_ALLOWED, "Not a follower");
}

function pictureIn(base64: string): Buffer | null {
  return base64 === "" ? null : Buffer.from(base64, "base64");
}
