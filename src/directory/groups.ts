import type {
  Group,
  GroupParticipantAction,
  GroupParticipantResult,
  GroupPreview,
  JoinRequest,
  JoinRequestDecision,
  LinkedGroup,
} from "../domain/group-facts.ts";
import type { Jid } from "../domain/ids.ts";
import type { FileSource } from "../domain/media-source.ts";

/**
 * The groups of the accounts, as WhatsApp knows them: nothing of them is stored. A group is named by its JID,
 * with or without `@g.us`; a person by a phone number or a JID.
 * @throws GatewayError, every one of them: INSTANCE_NOT_FOUND, NOT_LINKED, UNAVAILABLE while the account is not
 *   connected or when WhatsApp did not answer, RATE_LIMITED when it was asked too often, BAD_INPUT, and where a group
 *   is named GROUP_NOT_FOUND and NOT_ALLOWED
 */
export interface Groups {
  /** Those that the account is in, in the order of their ids. */
  list(instanceId: string, page: PageRequest): Promise<Page<Group>>;
  /** Nothing when there is none, or the account is not in it. */
  find(instanceId: string, groupId: string): Promise<Group | undefined>;
  create(instanceId: string, draft: NewGroup): Promise<GroupWithResults>;
  /** Changes what is given, one after the other; when WhatsApp refuses one, those before it are changed. */
  update(instanceId: string, groupId: string, change: GroupUpdate): Promise<Group>;
  /**
   * @param source null to remove the picture
   * @throws GatewayError MEDIA_UNREACHABLE, MEDIA_TOO_LARGE, MEDIA_INVALID, INVALID_ADDRESS
   */
  setPicture(instanceId: string, groupId: string, source: FileSource | null): Promise<Group>;
  changeParticipants(
    instanceId: string,
    groupId: string,
    action: GroupParticipantAction,
    participants: readonly string[],
  ): Promise<GroupResults>;
  invite(instanceId: string, groupId: string): Promise<Invite>;
  /** Makes the link void and a new one. */
  revokeInvite(instanceId: string, groupId: string): Promise<Invite>;
  /** @param invite a link or its code. @throws GatewayError INVITE_INVALID */
  invitedTo(instanceId: string, invite: string): Promise<GroupPreview>;
  /** @param invite a link or its code. @throws GatewayError INVITE_INVALID */
  join(instanceId: string, invite: string): Promise<Joined>;
  joinRequests(instanceId: string, groupId: string, page: PageRequest): Promise<Page<JoinRequest>>;
  decide(
    instanceId: string,
    groupId: string,
    decision: JoinRequestDecision,
    participants: readonly string[],
  ): Promise<GroupResults>;
  leave(instanceId: string, groupId: string): Promise<{ readonly groupId: Jid }>;
  createCommunity(instanceId: string, draft: Omit<NewGroup, "participants">): Promise<Group>;
  link(instanceId: string, communityId: string, groupId: string, isLinked: boolean): Promise<Group>;
  linkedGroups(
    instanceId: string,
    communityId: string,
    page: PageRequest,
  ): Promise<Page<LinkedGroup>>;
}

export interface NewGroup {
  readonly subject: string;
  readonly description?: string | null | undefined;
  readonly participants: readonly string[];
}

/** What is null or left out stays as it is. */
export interface GroupUpdate {
  readonly subject?: string | null | undefined;
  /** Empty to remove it. */
  readonly description?: string | null | undefined;
  readonly announcement?: boolean | null | undefined;
  readonly locked?: boolean | null | undefined;
  readonly membersMayAdd?: boolean | null | undefined;
  readonly joinApproval?: boolean | null | undefined;
  readonly disappearingSeconds?: number | null | undefined;
}

export interface GroupResults {
  readonly groupId: Jid;
  /** One for each of the people that were named. */
  readonly results: readonly GroupParticipantResult[];
}

export interface GroupWithResults extends GroupResults {
  readonly group: Group;
}

export interface Invite {
  readonly groupId: Jid;
  readonly inviteCode: string;
  readonly url: string;
}

export interface Joined {
  readonly groupId: Jid;
  /** An admin has to let the account in first. */
  readonly isPending: boolean;
}

export interface PageRequest {
  readonly first: number;
  /** The id of the entry before. */
  readonly after: string | null;
}

export interface Page<T> {
  readonly entries: readonly T[];
  readonly hasNextPage: boolean;
}
