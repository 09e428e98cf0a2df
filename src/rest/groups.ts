import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  CreateGroupDocument,
  GetGroupDocument,
  LeaveGroupDocument,
  ListGroupParticipantsDocument,
  ListGroupsDocument,
  UpdateGroupDocument,
  UpdateGroupParticipantsDocument,
} from "./generated/operations.ts";
import {
  groupOf,
  groupWithMembers,
  nextPage,
  noGroup,
  pageQuery,
  people,
  resultsOf,
} from "./group-shapes.ts";

function membersPath({ id, groupId }: { readonly id: string; readonly groupId: string }): string {
  return `/instances/${id}/groups/${groupId}/participants`;
}

export const groupAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/groups",
    summary: "List the groups that an account is in, without their members",
    query: pageQuery,
    document: ListGroupsDocument,
    variables: ({ params, query }) => ({
      instanceId: params.id,
      first: query.limit,
      after: query.after,
    }),
    answer: ({ groups: { edges, pageInfo } }, { params, query }) => ({
      status: 200,
      ...nextPage(`/instances/${params.id}/groups`, query.limit, pageInfo),
      body: edges.map(({ node }) => groupOf(node)),
    }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/groups",
    summary: "Make a group; each who was to be in it gets a result",
    statuses: [201],
    body: z.strictObject({
      subject: z.string(),
      description: z.string().optional(),
      participants: people,
    }),
    document: CreateGroupDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ createGroup }, { params }) =>
      settled(createGroup, ({ group, results }) => ({
        status: 201,
        headers: { location: `/instances/${params.id}/groups/${group.id}` },
        body: { ...groupWithMembers(group), results: resultsOf(results) },
      })),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/groups/:groupId",
    summary: "One group with its members; beyond 200 with a link to the others",
    document: GetGroupDocument,
    variables: ({ params }) => ({ instanceId: params.id, groupId: params.groupId }),
    answer: ({ group }, { params }) =>
      group
        ? {
            status: 200,
            ...nextPage(membersPath(params), 200, group.participants.pageInfo),
            body: groupWithMembers(group),
          }
        : noGroup(params.groupId),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/groups/:groupId/participants",
    summary: "List the members of a group",
    query: pageQuery,
    document: ListGroupParticipantsDocument,
    variables: ({ params, query }) => ({
      instanceId: params.id,
      groupId: params.groupId,
      first: query.limit,
      after: query.after,
    }),
    answer: ({ group }, { params, query }) =>
      group
        ? {
            status: 200,
            ...nextPage(membersPath(params), query.limit, group.participants.pageInfo),
            body: group.participants.edges.map(({ node }) => node),
          }
        : noGroup(params.groupId),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/groups/:groupId",
    summary: "Change what is named of a group",
    body: z.strictObject({
      subject: z.string().optional(),
      description: z.string().optional(),
      announcement: z.boolean().optional(),
      locked: z.boolean().optional(),
      membersMayAdd: z.boolean().optional(),
      joinApproval: z.boolean().optional(),
      disappearingSeconds: z.int32().optional(),
    }),
    document: UpdateGroupDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, groupId: params.groupId, ...body },
    }),
    answer: ({ updateGroup }) =>
      settled(updateGroup, ({ __typename, ...group }) => ({ status: 200, body: groupOf(group) })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/groups/:groupId/participants",
    summary: "Add people to a group, remove, promote or demote them; each gets a result",
    body: z.strictObject({
      action: z.enum(["ADD", "REMOVE", "PROMOTE", "DEMOTE"]),
      participants: people,
    }),
    document: UpdateGroupParticipantsDocument,
    variables: ({ params, body }) => ({
      input: { instanceId: params.id, groupId: params.groupId, ...body },
    }),
    answer: ({ updateGroupParticipants }) =>
      settled(updateGroupParticipants, ({ groupId, results }) => ({
        status: 200,
        body: { groupId, results: resultsOf(results) },
      })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/groups/:groupId/leave",
    summary: "Leave a group",
    statuses: [204],
    document: LeaveGroupDocument,
    variables: ({ params }) => ({ instanceId: params.id, groupId: params.groupId }),
    answer: ({ leaveGroup }) => settled(leaveGroup, () => ({ status: 204 })),
  }),
];
