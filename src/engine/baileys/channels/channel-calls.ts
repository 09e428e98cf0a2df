import type { Channel, ChannelChange } from "../../../domain/channel.ts";
import { GatewayError } from "../../../domain/errors.ts";
import type { ChannelCalls } from "../../channel-calls.ts";
import { answered, type Query } from "../asking/answered.ts";
import { createAnswerCache } from "../asking/answer-cache.ts";
import { channelOf } from "../translate/channel-facts.ts";
import { type AskMex, mexAsker, noAnswer } from "./ask.ts";
import { QUERIES } from "./queries.ts";
import { expectTaken, reactionNode } from "./reaction.ts";
import { refusalOf } from "./refusal.ts";

export interface Channels {
  readonly calls: ChannelCalls;
  /** To be called when something about a channel has changed; about all of them where none is named. */
  changed(jid?: string): void;
}

/** The list is kept as one more of what is kept by name. */
const ALL = "all";

/** The channels of one connection. */
export function createChannelCalls(query: Query): Channels {
  const ask = mexAsker(query);
  const singles = createAnswerCache((jid) => describe(ask, "JID", jid));
  const lists = createAnswerCache(async () => listed(await ask(QUERIES.followed, {}, "CHANNEL")));

  function changed(jid?: string): void {
    singles.forget(jid);
    lists.forget();
  }

  /** What we have changed ourselves is told too, but perhaps only after the caller asks for it. */
  async function act(name: keyof typeof QUERIES, jid: string, more: object = {}): Promise<void> {
    try {
      await ask(QUERIES[name], { newsletter_id: jid, ...more }, "ACT");
    } finally {
      changed(jid);
    }
  }

  const calls: ChannelCalls = {
    list: () => lists.get(ALL),
    get: (id) => singles.get(id),
    invitedTo: (code) => describe(ask, "INVITE", code),
    async create({ name, description }) {
      const input = { name, description };
      const made = channelOf(await ask(QUERIES.create, { input }, "ACT"));
      changed();
      if (made === undefined) throw noAnswer();
      // It tells little of one that was just made.
      return { ...made, role: made.role ?? "OWNER", isMuted: made.isMuted ?? false };
    },
    change: (id, change) => act("update", id, { updates: updatesOf(change) }),
    follow: (id, isFollowed) => act(isFollowed ? "follow" : "unfollow", id),
    mute: (id, isMuted) => act(isMuted ? "mute" : "unmute", id),
    delete: (id) => act("delete", id),
    async react(id, serverId, emoji) {
      const node = reactionNode(id, serverId, emoji);
      expectTaken(await answered(query, node, (error) => refusalOf(error, "ACT")));
    },
  };
  return { calls, changed };
}

async function describe(ask: AskMex, type: "JID" | "INVITE", key: string): Promise<Channel> {
  const wanted = { fetch_creation_time: true, fetch_full_image: true, fetch_viewer_metadata: true };
  const isInvite = type === "INVITE";
  const asking = isInvite ? "INVITE" : "CHANNEL";
  const answer = await ask(QUERIES.metadata, { ...wanted, input: { key, type } }, asking);
  const channel = channelOf(answer);
  if (channel !== undefined) return channel;
  if (answer !== null) throw noAnswer();
  // WhatsApp says so in either way.
  throw isInvite
    ? new GatewayError("INVITE_INVALID", "This link leads to no channel.")
    : new GatewayError("CHANNEL_NOT_FOUND", "There is no such channel.");
}

function listed(answer: unknown): readonly Channel[] {
  if (answer === null) return [];
  if (!Array.isArray(answer)) throw noAnswer();
  return answer.flatMap((each: unknown) => channelOf(each) ?? []);
}

/** What is not named stays; an empty picture is none. */
function updatesOf({ picture, ...said }: ChannelChange): object {
  const shown = picture === null ? "" : picture && Buffer.from(picture).toString("base64");
  return { ...said, ...(shown !== undefined && { picture: shown }), settings: null };
}
