/** An event as REST callers and webhook receivers get it. */
export interface ShownEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly instanceId: string;
  readonly cursor: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly message?: ShownMessage };
}

interface ShownAddress {
  readonly id: string;
  readonly pn: string | null;
  readonly lid: string | null;
}

/** A message as GraphQL shows it, with what tests ask about. */
export interface ShownMessage {
  readonly id: string;
  readonly uid?: string | null;
  readonly instanceId: string;
  readonly chat: ShownAddress;
  readonly sender: ShownAddress & { readonly name: string | null };
  readonly fromMe: boolean;
  readonly kind: string;
  readonly text: string | null;
  readonly timestamp: string;
  readonly status: string | null;
  readonly quotedId: string | null;
  readonly media: Readonly<Record<string, unknown>> | null;
}

/** Where an instance stands, as `GET /instances/:id/status` tells it. */
export interface ShownInstance {
  readonly instanceId: string;
  readonly status: string;
  readonly phoneNumber: string | null;
  readonly profileName: string | null;
  readonly lastDisconnect: { readonly reason: string; readonly code: number | null } | null;
}

/** What a REST send answers. */
export interface ShownSend {
  readonly messageId: string;
  readonly status: string;
  readonly timestamp: string;
  readonly to: string;
}
