import type { InstanceId } from "../domain/ids.ts";
import type { Scope } from "../domain/scope.ts";

/** A key without its secret. */
export interface ApiKey {
  /** The public part, which stands in the key itself. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null for all instances, those to come included. */
  readonly instances: readonly InstanceId[] | null;
  /** Addresses and networks it may be used from; null for all. */
  readonly cidrs: readonly string[] | null;
  /** Operations per minute; null for as many as one likes. */
  readonly ratePerMinute: number | null;
  /** The name of the key that made it. */
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
  readonly lastUsedFrom: string | null;
}

/** A key that was just made, with the text that is shown this once. */
export interface NewApiKey {
  readonly key: ApiKey;
  readonly text: string;
}

export interface ApiKeyInput {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly instanceIds?: readonly string[] | null | undefined;
  readonly cidrs?: readonly string[] | null | undefined;
  readonly ratePerMinute?: number | null | undefined;
  readonly expiresAt?: Date | null | undefined;
}
