import type { Address } from "../domain/address.ts";
import type { HistoryPhase } from "../domain/history.ts";
import type { MessageStatus, Sender } from "../domain/message.ts";
import type { IncomingMessage } from "./engine.ts";

export type { HistoryPhase };

/** What was there before the account was linked here, or longer ago: the phone hands it over in parts. */
export interface HistoryNotice {
  /** The inbox row that keeps it until it is stored. */
  readonly inbox: string;
  readonly phase: HistoryPhase;
  /** How much of all the phone has handed over with this, as it says itself. */
  readonly percent: number | null;
  /**
   * Fetches it, page by page.
   * @throws GatewayError, while it is read: MEDIA_GONE, MEDIA_UNREACHABLE, MEDIA_INVALID, UNAVAILABLE when the connection has ended
   */
  pages(signal: AbortSignal): AsyncIterable<HistoryPage>;
}

export interface HistoryPage {
  readonly chats: readonly HistoryChat[];
  readonly people: readonly Sender[];
  readonly messages: readonly HistoryMessage[];
}

export interface HistoryChat {
  readonly chat: Address;
  /** Of groups. */
  readonly subject: string | null;
  readonly activeAt: Date | null;
  readonly unreadCount: number;
}

export interface HistoryMessage extends IncomingMessage {
  /** Of what the account wrote itself. */
  readonly status: MessageStatus | null;
}
