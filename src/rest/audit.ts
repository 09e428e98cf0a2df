import { z } from "zod";
import { alias } from "./alias.ts";
import { present } from "./answer.ts";
import { limit } from "./fields.ts";
import { ListAuditEntriesDocument, VerifyAuditDocument } from "./generated/operations.ts";

export const auditAliases = [
  alias({
    method: "GET",
    path: "/audit",
    summary: "Who did what, the latest first",
    query: z.strictObject({
      limit: limit.optional(),
      after: z.string().optional(),
      keyId: z.string().optional(),
      action: z.string().optional(),
      instanceId: z.string().optional(),
    }),
    document: ListAuditEntriesDocument,
    variables: ({ query: { limit: first, ...rest } }) => ({ first, ...rest }),
    answer: ({ auditEntries: { edges, pageInfo } }, { query }) => {
      const { limit: size, ...rest } = query;
      const next = new URLSearchParams({
        ...(rest as Record<string, string>),
        ...(size && { limit: String(size) }),
        after: pageInfo.endCursor ?? "",
      });
      return {
        status: 200,
        ...(pageInfo.hasNextPage && { headers: { link: `</audit?${next}>; rel="next"` } }),
        body: edges.map(({ node }) => present(node)),
      };
    },
  }),
  alias({
    method: "GET",
    path: "/audit/verify",
    summary: "Check that nothing on the audit trail was changed or taken out",
    document: VerifyAuditDocument,
    variables: () => ({}),
    answer: ({ auditVerdict }) => ({ status: 200, body: present(auditVerdict) }),
  }),
];
