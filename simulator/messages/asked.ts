import type { AccountState } from "../accounts/account-state.ts";

/** A poll or an event that a phone has. */
export interface Asked {
  readonly secret: Uint8Array;
  /** The answers of a poll. */
  readonly options: readonly string[];
}

/** What this phone has asked itself, or was asked, under this id. */
export function askedOf({ handset, received }: AccountState, id: string): Asked | undefined {
  const own = handset.sent(id)?.message;
  const secret = own?.messageContextInfo?.messageSecret;
  if (own && secret) {
    const poll = own.pollCreationMessage ?? own.pollCreationMessageV3;
    return { secret, options: (poll?.options ?? []).map(({ optionName }) => optionName ?? "") };
  }
  const got = received.messages.find((message) => message.id === id);
  if (got?.secret === undefined) return undefined;
  return { secret: Buffer.from(got.secret, "base64"), options: got.options ?? [] };
}
