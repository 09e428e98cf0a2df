/** Who did what. Never what a message says. */
export interface AuditFact {
  readonly at: Date;
  /** Null for the machine itself and for the key of the environment. */
  readonly keyId: string | null;
  /** The key's name. */
  readonly actor: string;
  /** The caller's network address. */
  readonly address: string | null;
  /** The operation, such as `createInstance`. */
  readonly action: string;
  /** What it was done to: an instance, a webhook, a key, a message. */
  readonly target: string | null;
  readonly instanceId: string | null;
  /** `OK`, or the code of the error. */
  readonly result: string;
  readonly requestId: string;
}

export interface AuditEntry extends AuditFact {
  /** Dense, from 1. */
  readonly position: number;
  /** Hexadecimal. Covers this entry and, by the one before, all entries. */
  readonly hash: string;
}

export interface AuditQuery {
  readonly limit: number;
  /** Only entries before this position. */
  readonly before?: number | null | undefined;
  readonly keyId?: string | null | undefined;
  readonly action?: string | null | undefined;
  readonly instanceId?: string | null | undefined;
  /** Only what was done to these instances; null for everything. */
  readonly within?: readonly string[] | null | undefined;
}

/** What a look at the whole trail found. */
export interface AuditVerdict {
  readonly checked: number;
  /** The first entry that is not as it was written; null when all are. */
  readonly brokenAt: number | null;
  /** The newest entry: written down elsewhere, it tells later whether the end was cut off. */
  readonly head: { readonly position: number; readonly hash: string } | null;
}
