import { z } from "zod";
import { alias } from "./alias.ts";
import { present, settled } from "./answer.ts";
import {
  GetGroupByInviteDocument,
  GetGroupInviteDocument,
  JoinGroupDocument,
  ListGroupJoinRequestsDocument,
  RevokeGroupInviteDocument,
  UpdateGroupJoinRequestsDocument,
} from "./generated/operations.ts";
import { nextPage, pageQuery, people, resultsOf } from "./group-shapes.ts";

/** How people come into groups: links, and requests to be let in. */
export const groupEntryAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/groups/:groupId/invite",
    summary: "The link to a group",
    document: GetGroupInviteDocument,
    variables: ({ params }) => ({ instanceId: params.id, groupId: params.groupId }),
    answer: ({ groupInvite }) => ({ status: 200, body: groupInvite }),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/groups/:groupId/invite",
    summary: "Make the link to a group void; the answer is the new one",
    document: RevokeGroupInviteDocument,
    variables: ({ params }) => ({ instanceId: params.id, groupId: params.groupId }),
    answer: ({ revokeGroupInvite }) =>
      settled(revokeGroupInvite, ({ __typename, ...invite }) => ({ status: 200, body: invite })),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/invites/:code",
    summary: "What the link with this code leads to",
    document: GetGroupByInviteDocument,
    variables: ({ params }) => ({ instanceId: params.id, invite: params.code }),
    answer: ({ groupByInvite: { id, ...preview } }) => ({
      status: 200,
      body: { groupId: id, ...present(preview) },
    }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/invites/:code/join",
    summary: "Join the group that the link with this code leads to; 202 where an admin decides",
    statuses: [200, 202],
    document: JoinGroupDocument,
    variables: ({ params }) => ({ input: { instanceId: params.id, invite: params.code } }),
    answer: ({ joinGroup }) =>
      settled(joinGroup, ({ groupId, isPending }) => ({
        status: isPending ? 202 : 200,
        body: { groupId, isPending },
      })),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/groups/:groupId/joinRequests",
    summary: "List who waits to be let into a group",
    query: pageQuery,
    document: ListGroupJoinRequestsDocument,
    variables: ({ params, query }) => ({
      instanceId: params.id,
      groupId: params.groupId,
      first: query.limit,
      after: query.after,
    }),
    answer: ({ groupJoinRequests: { edges, pageInfo } }, { params, query }) => ({
      status: 200,
      ...nextPage(
        `/instances/${params.id}/groups/${params.groupId}/joinRequests`,
        query.limit,
        pageInfo,
      ),
      body: edges.map(({ node }) => present(node)),
    }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/groups/:groupId/joinRequests",
    summary: "Let in, or refuse, who has asked; each gets a result",
    body: z.strictObject({ action: z.enum(["APPROVE", "REJECT"]), participants: people }),
    document: UpdateGroupJoinRequestsDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, groupId: params.groupId, ...body },
    }),
    answer: ({ updateGroupJoinRequests }) =>
      settled(updateGroupJoinRequests, ({ groupId, results }) => ({
        status: 200,
        body: { groupId, results: resultsOf(results) },
      })),
  }),
];
