import type { Channel, ChannelChange } from "../domain/channel.ts";
import type { Jid } from "../domain/ids.ts";

/**
 * What a connection can ask and change about channels. Each call is one question to WhatsApp.
 * @throws GatewayError, every one of them, with WhatsApp's own number in `whatsappCode` where it gave one:
 *   CHANNEL_NOT_FOUND when there is no such channel or it was deleted, NOT_ALLOWED when the account may not do this,
 *   RATE_LIMITED when WhatsApp is asked too often, BAD_INPUT when it does not take what was given, UNAVAILABLE when it
 *   did not answer
 */
export interface ChannelCalls {
  /** All that the account follows. Kept for some minutes, and fresh: what changes is asked for again. */
  list(): Promise<readonly Channel[]>;
  /** Any that there is, followed or not; kept as the list is. */
  get(id: Jid): Promise<Channel>;
  /** @throws GatewayError INVITE_INVALID when the code is none, or void */
  invitedTo(code: string): Promise<Channel>;
  create(draft: ChannelDraft): Promise<Channel>;
  change(id: Jid, change: ChannelChange): Promise<void>;
  follow(id: Jid, isFollowed: boolean): Promise<void>;
  mute(id: Jid, isMuted: boolean): Promise<void>;
  delete(id: Jid): Promise<void>;
  /**
   * Reacts to a post, in place of what the account has reacted with before.
   * @param serverId WhatsApp's number of the post within the channel
   * @param emoji null to take it back
   * @throws GatewayError MESSAGE_NOT_FOUND when there is no such post, SEND_REJECTED when WhatsApp refuses it otherwise
   */
  react(id: Jid, serverId: string, emoji: string | null): Promise<void>;
}

export interface ChannelDraft {
  readonly name: string;
  readonly description: string | null;
}
