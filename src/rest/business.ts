import { z } from "zod";
import { WEEKDAYS } from "../domain/business.ts";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { limit } from "./fields.ts";
import {
  GetBusinessProfileDocument,
  GetCatalogDocument,
  UpdateBusinessProfileDocument,
} from "./generated/operations.ts";

const hours = z.strictObject({
  timezone: z.string(),
  days: z.array(
    z.strictObject({
      day: z.enum(WEEKDAYS),
      mode: z.enum(["ALL_DAY", "HOURS", "BY_APPOINTMENT"]),
      opensAt: z.number().int().optional(),
      closesAt: z.number().int().optional(),
    }),
  ),
});

export const businessAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/contacts/:contactId/business",
    summary: "What a business shows of itself; null for who is none",
    document: GetBusinessProfileDocument,
    variables: ({ params }) => ({ instanceId: params.id, contact: params.contactId }),
    answer: ({ businessProfile }) => ({ status: 200, body: { business: businessProfile } }),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/contacts/:contactId/catalog",
    summary: "What somebody sells, in pages",
    query: z.strictObject({ limit: limit.optional(), after: z.string().optional() }),
    document: GetCatalogDocument,
    variables: ({ params, query: { limit: first, after } }) => {
      return { instanceId: params.id, contact: params.contactId, first, after };
    },
    answer: ({ catalog }) => ({ status: 200, body: catalog }),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/profile/business",
    summary: "Change what the business account shows of itself",
    statuses: [204],
    body: z.strictObject({
      description: z.string().nullable().optional(),
      address: z.string().nullable().optional(),
      email: z.string().nullable().optional(),
      websites: z.array(z.string()).optional(),
      hours: hours.optional(),
    }),
    document: UpdateBusinessProfileDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ updateBusinessProfile }) => settled(updateBusinessProfile, () => ({ status: 204 })),
  }),
];
