import { z } from "zod";
import { alias } from "./alias.ts";
import { present, settled } from "./answer.ts";
import {
  CreateApiKeyDocument,
  GetApiKeyDocument,
  ListApiKeysDocument,
  RevokeApiKeyDocument,
  RotateApiKeyDocument,
} from "./generated/operations.ts";
import type { KeyStateFragment } from "./generated/operations.ts";
import { noKey } from "./missing.ts";

/** Without `instanceIds` it is a key for all instances, without `cidrs` for all addresses, and so on. */
function stateOf(state: KeyStateFragment) {
  return present(state);
}

export const keyAliases = [
  alias({
    method: "GET",
    path: "/keys",
    summary: "List API keys",
    document: ListApiKeysDocument,
    variables: () => ({}),
    answer: ({ apiKeys }) => ({ status: 200, body: apiKeys.map(stateOf) }),
  }),
  alias({
    method: "POST",
    path: "/keys",
    summary: "Make an API key, which is shown this once",
    statuses: [201],
    body: z.strictObject({
      name: z.string(),
      scopes: z.array(z.string()),
      instanceIds: z.array(z.string()).nullish(),
      cidrs: z.array(z.string()).nullish(),
      ratePerMinute: z.int32().nullish(),
      expiresAt: z.string().nullish(),
    }),
    document: CreateApiKeyDocument,
    variables: ({ body }) => ({ input: body }),
    answer: ({ createApiKey }) =>
      settled(createApiKey, ({ __typename, ...key }) => ({
        status: 201,
        headers: { location: `/keys/${key.id}` },
        body: stateOf(key),
      })),
  }),
  alias({
    method: "GET",
    path: "/keys/:id",
    summary: "One API key, without its secret",
    document: GetApiKeyDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ apiKey }, { params: { id } }) =>
      apiKey ? { status: 200, body: stateOf(apiKey) } : noKey(id),
  }),
  alias({
    method: "POST",
    path: "/keys/:id/rotate",
    summary: "Give an API key a new text, shown this once",
    body: z.strictObject({ overlapSeconds: z.int32().default(0) }).prefault({}),
    document: RotateApiKeyDocument,
    variables: ({ params: { id }, body: { overlapSeconds } }) => ({ id, overlapSeconds }),
    answer: ({ rotateApiKey }) =>
      settled(rotateApiKey, ({ __typename, ...key }) => ({ status: 200, body: stateOf(key) })),
  }),
  alias({
    method: "DELETE",
    path: "/keys/:id",
    summary: "Revoke an API key at once, with the sockets and streams that it has opened",
    document: RevokeApiKeyDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ revokeApiKey }) =>
      settled(revokeApiKey, ({ __typename, ...key }) => ({ status: 200, body: stateOf(key) })),
  }),
];
