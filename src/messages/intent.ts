import type { OutgoingContent } from "../domain/outgoing.ts";

/** What is still to be done for a message that waits to be sent; stored with it as JSON. */
export interface SendIntent {
  readonly content: OutgoingContent;
  /** Whether WhatsApp has yet to be asked who has this number: it could not be reached when the send was accepted. */
  readonly unresolved: boolean;
  /** For how long the account is shown to type before it leaves, in milliseconds. */
  readonly typingMs?: number;
}

export function encodeIntent(intent: SendIntent): string {
  return JSON.stringify(intent);
}

export function decodeIntent(json: string): SendIntent {
  return JSON.parse(json) as SendIntent;
}
