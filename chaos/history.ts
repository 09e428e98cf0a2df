import type { Kill } from "./plan.ts";

/** What a contact has written. */
export interface Inbound {
  readonly text: string;
  /** WhatsApp's id, once it is sent. */
  id?: string;
  readonly from: string;
  /** A number or a group. */
  readonly to: string;
  /** The instances that are to receive it, each exactly once. */
  readonly instances: readonly string[];
}

/** What one call was answered: the message, a refusal in words, or nothing because nobody was there. */
export type Answer =
  | { readonly kind: "taken"; readonly messageId: string; readonly status: string }
  | { readonly kind: "refused"; readonly detail: string }
  | { readonly kind: "unanswered" };

/** One message that a caller wants to send once, however often it has to ask. */
export interface Send {
  readonly key: string;
  readonly text: string;
  readonly instanceId: string;
  /** As the caller names the recipient: a number or a group. */
  readonly to: string;
  /** The phones that are to show it, each once. */
  readonly phones: readonly string[];
  readonly answers: (Answer & { readonly generation: number })[];
}

/** An event that somebody outside has seen. */
export interface Seen {
  readonly position: number;
  readonly id: string;
}

/** What a subscriber was given, in the order in which it came, over all its connections. */
export interface Subscription {
  readonly name: string;
  readonly filter: SubscriptionFilter;
  /** It asked for everything after this position. */
  readonly from: number;
  readonly seen: Seen[];
  /** Answers that it must never get, such as a cursor that is not accepted. */
  readonly refusals: string[];
  connections: number;
}

export interface SubscriptionFilter {
  readonly types?: readonly string[];
  readonly instanceIds?: readonly string[];
}

/** One POST of a webhook. */
export interface Delivery extends Seen {
  readonly instanceId: string;
  /** Which life of the gateway sent it. */
  readonly generation: number;
  readonly status: number;
}

/** How a life of the gateway ended. */
export interface Death {
  readonly generation: number;
  readonly planned: Kill;
  /** It died at its point, or at its time. False when the point was not reached and it was killed instead. */
  readonly asPlanned: boolean;
}

/** Everything that was done and seen. It grows with the campaign, whose rounds bound it. */
export interface History {
  readonly inbound: Inbound[];
  readonly sends: Send[];
  readonly subscriptions: Subscription[];
  /** What was read page by page over REST. */
  readonly pages: Seen[];
  readonly deliveries: Delivery[];
  /** Deliveries whose signature did not hold. */
  readonly unsigned: string[];
  readonly deaths: Death[];
}

export function emptyHistory(): History {
  return {
    inbound: [],
    sends: [],
    subscriptions: [],
    pages: [],
    deliveries: [],
    unsigned: [],
    deaths: [],
  };
}
