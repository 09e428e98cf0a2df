import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { limit } from "./fields.ts";
import {
  BlockContactDocument,
  ListBlockedContactsDocument,
  UnblockContactDocument,
} from "./generated/operations.ts";
import { nextPage } from "./group-shapes.ts";

export const blockAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/blocked",
    summary: "List whom the account has blocked",
    query: z.strictObject({ limit: limit.optional(), after: z.string().optional() }),
    document: ListBlockedContactsDocument,
    variables: ({ params, query }) => ({
      instanceId: params.id,
      first: query.limit,
      after: query.after,
    }),
    answer: ({ blockedContacts: { edges, pageInfo } }, { params, query }) => ({
      status: 200,
      ...nextPage(`/instances/${params.id}/blocked`, query.limit, pageInfo),
      body: edges.map(({ node }) => node),
    }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/contacts/:contactId/block",
    summary: "Block somebody",
    document: BlockContactDocument,
    variables: ({ params }) => ({ input: { instanceId: params.id, contact: params.contactId } }),
    answer: ({ blockContact }) =>
      settled(blockContact, ({ contact, isBlocked }) => ({
        status: 200,
        body: { contact, isBlocked },
      })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/contacts/:contactId/unblock",
    summary: "Let somebody write again",
    document: UnblockContactDocument,
    variables: ({ params }) => ({ input: { instanceId: params.id, contact: params.contactId } }),
    answer: ({ unblockContact }) =>
      settled(unblockContact, ({ contact, isBlocked }) => ({
        status: 200,
        body: { contact, isBlocked },
      })),
  }),
];
