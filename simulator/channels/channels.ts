import { proto } from "@whiskeysockets/baileys";
import { makeMessageId } from "../accounts/account.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { SimulatorError } from "../errors.ts";
import { unixSeconds } from "../protocol/nodes.ts";
import type { Channel } from "./channel.ts";

/** Far more than a test makes; the bound only keeps a runaway client from filling memory. */
const MAX_CHANNELS = 1_000;
/** Channel ids look like group ids; another beginning keeps the two apart in logs. */
const FIRST_ID = 120_363_400_000_000_001n;

interface ChannelState extends Channel {
  posts: number;
}

/** Channels: their posts are not encrypted, and reach every device of every follower as they are. */
export class Channels {
  readonly #accounts: Accounts;
  readonly #channels = new Map<string, ChannelState>();

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** @throws {SimulatorError} ACCOUNT_NOT_FOUND, LIMIT_REACHED */
  create(name: string, followers: readonly string[]): Channel {
    if (this.#channels.size >= MAX_CHANNELS) {
      throw new SimulatorError("LIMIT_REACHED", "too many channels");
    }
    const jid = `${FIRST_ID + BigInt(this.#channels.size)}@newsletter`;
    const phones = followers.map((phone) => this.#accounts.get(phone).phone);
    const channel = { jid, name, followers: phones, posts: 0 };
    this.#channels.set(jid, channel);
    return channel;
  }

  /** @throws {SimulatorError} CHANNEL_NOT_FOUND */
  post(
    jid: string,
    message: proto.IMessage,
    id: string = makeMessageId(),
  ): { readonly id: string } {
    const channel = this.#channels.get(jid);
    if (channel === undefined) throw new SimulatorError("CHANNEL_NOT_FOUND", `no channel ${jid}`);
    channel.posts += 1;
    const stanza = {
      tag: "message",
      attrs: {
        from: jid,
        id,
        server_id: String(channel.posts),
        type: "text",
        t: String(unixSeconds()),
      },
      content: [{ tag: "plaintext", attrs: {}, content: proto.Message.encode(message).finish() }],
    };
    for (const phone of channel.followers) {
      const companions = this.#accounts.find(phone)?.companions ?? [];
      for (const companion of companions) companion.deliver(stanza);
    }
    return { id };
  }
}
