import type {
  Group,
  GroupParticipantAction,
  GroupParticipantResult,
  GroupPreview,
  GroupSetting,
  JoinRequest,
  JoinRequestDecision,
  LinkedGroup,
} from "../domain/group-facts.ts";
import type { Jid } from "../domain/ids.ts";

/**
 * What a connection can ask and change about groups. Each call is one question to WhatsApp or a few, and
 * takes some seconds at most.
 * @throws GatewayError, every one of them: GROUP_NOT_FOUND when there is no such group or the account is not in it,
 *   NOT_ALLOWED when the account is in it and may not do this, RATE_LIMITED when WhatsApp is asked too often,
 *   BAD_INPUT when WhatsApp does not take what was given, UNAVAILABLE when it did not answer
 */
export interface GroupCalls {
  /** All that the account is in. Kept for a while, and fresh: what changes is asked for again. */
  list(): Promise<readonly Group[]>;
  /** One that the account is in; kept as the list is. */
  get(id: Jid): Promise<Group>;
  /** Makes one with these people in it, or a community, which begins with nobody else. */
  create(draft: GroupDraft): Promise<CreatedGroup>;
  change(id: Jid, setting: GroupSetting): Promise<void>;
  /** @param jpeg square, 640 pixels at most; null to remove it */
  setPicture(id: Jid, jpeg: Uint8Array | null): Promise<void>;
  changeParticipants(
    id: Jid,
    action: GroupParticipantAction,
    people: readonly Jid[],
  ): Promise<readonly GroupParticipantResult[]>;
  /** The end of `https://chat.whatsapp.com/…`. */
  inviteCode(id: Jid): Promise<string>;
  /** Makes the link void. @returns the new code */
  revokeInvite(id: Jid): Promise<string>;
  /** @throws GatewayError INVITE_INVALID when the code is none, or void */
  invitedTo(code: string): Promise<GroupPreview>;
  /** @throws GatewayError INVITE_INVALID when the code is none, or void */
  join(code: string): Promise<JoinedGroup>;
  joinRequests(id: Jid): Promise<readonly JoinRequest[]>;
  decide(
    id: Jid,
    decision: JoinRequestDecision,
    people: readonly Jid[],
  ): Promise<readonly GroupParticipantResult[]>;
  leave(id: Jid): Promise<void>;
  /** Links a group to a community, or unlinks it. The account has to be an admin of both. */
  link(community: Jid, group: Jid, isLinked: boolean): Promise<void>;
  /** The groups that are linked to a community, those that the account is not in included. */
  linkedGroups(community: Jid): Promise<readonly LinkedGroup[]>;
}

export interface GroupDraft {
  readonly subject: string;
  readonly description: string | null;
  readonly people: readonly Jid[];
  readonly isCommunity: boolean;
}

export interface CreatedGroup {
  readonly group: Group;
  readonly participants: readonly GroupParticipantResult[];
}

export interface JoinedGroup {
  readonly id: Jid;
  /** An admin has to let the account in first. */
  readonly isPending: boolean;
}
