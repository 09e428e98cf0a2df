import { z } from "zod";
import { alias } from "./alias.ts";
import { limit } from "./fields.ts";
import { ListContactsDocument } from "./generated/operations.ts";
import { instancePath, paged } from "./paged.ts";

export const contactAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/contacts",
    summary:
      "The people whom an instance knows, by name; all, or those with this part of a name or number",
    query: z.strictObject({
      search: z.string().optional(),
      limit: limit.optional(),
      after: z.string().optional(),
    }),
    document: ListContactsDocument,
    variables: ({ params, query: { search, limit: first, after } }) => {
      return { instanceId: params.id, first, after, search };
    },
    answer: ({ contacts }, { params, query }) =>
      paged(instancePath(params.id, "contacts"), query, contacts, (node) => node),
  }),
];
