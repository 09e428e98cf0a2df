import { z } from "zod";
import { alias } from "./alias.ts";
import { present, settled } from "./answer.ts";
import {
  CreateCommunityDocument,
  LinkGroupDocument,
  ListCommunityGroupsDocument,
  UnlinkGroupDocument,
} from "./generated/operations.ts";
import { groupOf, nextPage, pageQuery } from "./group-shapes.ts";

/** A community is a group too: what is not here is under `/groups`. */
export const communityAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/communities",
    summary: "Make a community",
    statuses: [201],
    body: z.strictObject({ subject: z.string(), description: z.string().optional() }),
    document: CreateCommunityDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ createCommunity }, { params }) =>
      settled(createCommunity, ({ __typename, ...community }) => ({
        status: 201,
        headers: { location: `/instances/${params.id}/groups/${community.id}` },
        body: groupOf(community),
      })),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/communities/:communityId/groups",
    summary: "List the groups that are linked to a community",
    query: pageQuery,
    document: ListCommunityGroupsDocument,
    variables: ({ params, query }) => ({
      instanceId: params.id,
      communityId: params.communityId,
      first: query.limit,
      after: query.after,
    }),
    answer: ({ communityGroups: { edges, pageInfo } }, { params, query }) => ({
      status: 200,
      ...nextPage(
        `/instances/${params.id}/communities/${params.communityId}/groups`,
        query.limit,
        pageInfo,
      ),
      body: edges.map(({ node: { id, ...group } }) => ({ groupId: id, ...present(group) })),
    }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/communities/:communityId/groups",
    summary: "Link a group to a community",
    body: z.strictObject({ groupId: z.string() }),
    document: LinkGroupDocument,
    variables: ({ params, body: { groupId } }) => ({
      instanceId: params.id,
      communityId: params.communityId,
      groupId,
    }),
    answer: ({ linkGroup }) =>
      settled(linkGroup, ({ __typename, ...group }) => ({ status: 200, body: groupOf(group) })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/communities/:communityId/groups/:groupId",
    summary: "Take a group out of its community",
    document: UnlinkGroupDocument,
    variables: ({ params }) => ({
      instanceId: params.id,
      communityId: params.communityId,
      groupId: params.groupId,
    }),
    answer: ({ unlinkGroup }) =>
      settled(unlinkGroup, ({ __typename, ...group }) => ({ status: 200, body: groupOf(group) })),
  }),
];
