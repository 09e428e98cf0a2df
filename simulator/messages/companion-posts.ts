import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Channels } from "../channels/channels.ts";
import type { NewPost, Posts } from "../channels/posts.ts";
import { type BinaryNode, childNamed } from "../protocol/nodes.ts";

/** What becomes of a stanza for a channel: refused with a number, or taken. */
export type Verdict =
  | { readonly error: number }
  | { readonly serverId: number; readonly isDuplicate: boolean };

const NOT_ALLOWED = 403;
const NOT_FOUND = 404;
const GONE = 410;

/** Of what a stanza does to a post that bears the same id. */
const EDITS: ReadonlySet<string | undefined> = new Set(["3", "8"]);

/** Judges what a linked device says in a channel: its owner and admins post, whoever follows it reacts. */
export function judgePost(
  account: AccountState,
  device: Companion,
  node: BinaryNode,
  { channels, posts }: { readonly channels: Channels; readonly posts: Posts },
): Verdict {
  const { to: jid = "", id = "", type = "text", edit } = node.attrs;
  const { phone } = account;
  const channel = channels.find(jid);
  if (channel === undefined) return { error: NOT_FOUND };
  if (channel.isDeleted) return { error: GONE };
  if (type === "reaction") {
    if (!channel.followers.includes(phone)) return { error: NOT_ALLOWED };
    const emoji = childNamed(node, "reaction")?.attrs["code"];
    return taken(posts.react(jid, Number(node.attrs["server_id"]), phone, emoji));
  }
  if (channel.owner !== phone && !channel.admins.includes(phone)) return { error: NOT_ALLOWED };
  const plaintext = childNamed(node, "plaintext");
  const { content } = plaintext ?? {};
  const message = content instanceof Uint8Array ? content : new Uint8Array();
  const mediaType = plaintext?.attrs["mediatype"];
  const post: NewPost = { id, message, type, mediaType, by: phone, device };
  if (EDITS.has(edit)) return taken(posts.replace(jid, post));
  const known = posts.find(jid, id);
  if (known !== undefined) return { serverId: known.serverId, isDuplicate: true };
  return taken(posts.add(jid, post));
}

function taken(post: { readonly serverId: number } | undefined): Verdict {
  return post === undefined
    ? { error: NOT_FOUND }
    : { serverId: post.serverId, isDuplicate: false };
}
