import type { Accounts } from "../accounts/accounts.ts";
import type { Companion } from "../accounts/companion.ts";
import { SimulatorError } from "../errors.ts";
import { attributes, unixSeconds } from "../protocol/nodes.ts";
import type { Channel, Post } from "./channel.ts";
import type { Channels } from "./channels.ts";

/** A test looks at the last few; the bound only keeps a runaway client from filling memory. */
const MAX_POSTS = 10_000;

export interface NewPost {
  readonly id: string;
  /** The encoded `Message`. */
  readonly message: Uint8Array;
  /** As the stanza says: `text`, `media`, `poll`. */
  readonly type: string;
  readonly mediaType?: string | undefined;
  /** Who posts it, and with which linked device; nobody where the channel does by itself. */
  readonly by?: string | undefined;
  readonly device?: Companion | undefined;
}

/** Posts of channels: they are not encrypted, and reach every device of every follower as they are. */
export class Posts {
  readonly #accounts: Accounts;
  readonly #channels: Channels;
  readonly #posts = new Map<string, Map<string, Post>>();
  #count = 0;

  constructor(accounts: Accounts, channels: Channels) {
    this.#accounts = accounts;
    this.#channels = channels;
  }

  of(jid: string): readonly Post[] {
    return [...(this.#posts.get(jid)?.values() ?? [])];
  }

  find(jid: string, id: string): Post | undefined {
    return this.#posts.get(jid)?.get(id);
  }

  /** @throws {SimulatorError} CHANNEL_NOT_FOUND, LIMIT_REACHED */
  add(jid: string, post: NewPost): Post {
    const channel = this.#channels.get(jid);
    if (this.#count >= MAX_POSTS) throw new SimulatorError("LIMIT_REACHED", "too many posts");
    this.#count += 1;
    const posts = this.#posts.get(jid) ?? new Map<string, Post>();
    this.#posts.set(jid, posts);
    const { id, message } = post;
    const fresh = { isDeleted: false, isEdited: false, reactions: new Map<string, string>() };
    const added: Post = { id, message, serverId: posts.size + 1, ...fresh };
    posts.set(id, added);
    this.#deliver(channel, added, post);
    return added;
  }

  /** Takes the place of what a post says, or with nothing in it deletes the post. */
  replace(jid: string, change: NewPost): Post | undefined {
    const post = this.find(jid, change.id);
    if (post === undefined || post.isDeleted) return undefined;
    const isDeleted = change.message.length === 0;
    const changed = { ...post, message: change.message, isDeleted, isEdited: !isDeleted };
    this.#posts.get(jid)?.set(post.id, changed);
    this.#deliver(this.#channels.get(jid), changed, change);
    return changed;
  }

  /** @param emoji undefined to take it back @returns nothing when there is no such post */
  react(jid: string, serverId: number, phone: string, emoji: string | undefined): Post | undefined {
    const post = this.of(jid).find((each) => each.serverId === serverId && !each.isDeleted);
    if (post === undefined) return undefined;
    const reactions = new Map(post.reactions);
    if (emoji === undefined) reactions.delete(phone);
    else reactions.set(phone, emoji);
    const changed = { ...post, reactions };
    this.#posts.get(jid)?.set(post.id, changed);
    return changed;
  }

  #deliver(channel: Channel, { id, serverId, isDeleted, isEdited }: Post, post: NewPost): void {
    const edit = isDeleted ? "8" : isEdited ? "3" : undefined;
    const content = post.message;
    const plaintext = {
      tag: "plaintext",
      attrs: attributes({ mediatype: post.mediaType }),
      content,
    };
    for (const phone of channel.followers) {
      const stanza = {
        tag: "message",
        attrs: attributes({
          from: channel.jid,
          id,
          server_id: String(serverId),
          type: post.type,
          t: String(unixSeconds()),
          edit,
          // So that the other devices of whoever posted it know.
          is_sender: phone === post.by ? "true" : undefined,
        }),
        content: [plaintext],
      };
      for (const companion of this.#accounts.find(phone)?.companions ?? []) {
        if (companion !== post.device) companion.deliver(stanza);
      }
    }
  }
}
