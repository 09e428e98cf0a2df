import { type Calls, callsTo } from "../support/calls.ts";
import type { TestGateway } from "../support/gateway.ts";

export interface KeyInput {
  readonly name?: string;
  readonly scopes: readonly string[];
  readonly instanceIds?: readonly string[] | undefined;
  readonly cidrs?: readonly string[];
  readonly ratePerMinute?: number;
  readonly expiresAt?: string;
}

export interface ShownKey {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly instanceIds?: readonly string[];
  readonly createdBy: string;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
  readonly lastUsedFrom?: string;
}

export interface MadeKey extends ShownKey {
  readonly headers: Readonly<Record<string, string>>;
  /** Calls made with it. */
  readonly calls: Calls;
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** Makes a key over REST, as whoever calls. */
export async function makeKey(
  gateway: Pick<TestGateway, "url">,
  input: KeyInput,
  as: Readonly<Record<string, string>> = {},
): Promise<MadeKey> {
  const body = { name: "a key", ...input };
  const reply = await callsTo(gateway.url, as).post<ShownKey>("/keys", body);
  if (reply.status !== 201) throw new Error(`no key was made: ${JSON.stringify(reply.body)}`);
  const headers = bearer(reply.body.key);
  return { ...reply.body, headers, calls: callsTo(gateway.url, headers) };
}
