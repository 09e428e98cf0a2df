import type { NewApiKey } from "../../access/api-key.ts";
import { SCOPES } from "../../domain/scope.ts";
import type { ShownApiKey } from "./api-key.ts";
import { ApiKeyType } from "./api-key.ts";
import { builder } from "../builder.ts";
import { resultType } from "../result.ts";

const CreateApiKeyInput = builder.inputType("CreateApiKeyInput", {
  description: "A new key. Nobody gives what they do not have themselves.",
  fields: (t) => ({
    name: t.string({ required: true, description: "What it is for: up to 100 characters." }),
    scopes: t.stringList({
      required: true,
      description: `What may be done with it: ${SCOPES.join(", ")}.`,
    }),
    instanceIds: t.idList({
      description:
        "The only instances that exist for it; they need not be there yet. All instances if left out.",
    }),
    cidrs: t.stringList({
      description:
        "The only addresses and networks it may be used from, such as `10.0.0.0/8`. All if left out.",
    }),
    ratePerMinute: t.int({
      description: "Operations per minute. As many as one likes if left out.",
    }),
    expiresAt: t.field({ type: "DateTime", description: "When it ends by itself." }),
  }),
});

const CreateApiKeyResult = resultType("CreateApiKeyResult", {
  description: "The new key with its text, or why there is none.",
  success: [ApiKeyType],
  errors: ["BAD_INPUT"],
});

const RotateApiKeyResult = resultType("RotateApiKeyResult", {
  description: "The key with its new text.",
  success: [ApiKeyType],
  errors: ["KEY_NOT_FOUND", "BAD_INPUT"],
});

const RevokeApiKeyResult = resultType("RevokeApiKeyResult", {
  description: "The key, which opens nothing any more.",
  success: [ApiKeyType],
  errors: ["KEY_NOT_FOUND"],
});

function shown({ key, text }: NewApiKey): ShownApiKey {
  return { ...key, text };
}

builder.queryFields((t) => ({
  apiKeys: t.field({
    authScopes: { may: "keys:admin" },
    type: [ApiKeyType],
    description:
      "The keys that were made here, the oldest first: those that can do nothing which the caller cannot.",
    resolve: (_, __, { keys, caller }) => keys.list(caller),
  }),
  apiKey: t.field({
    authScopes: { may: "keys:admin" },
    type: ApiKeyType,
    nullable: true,
    description: "One key, or null if there is none with this id.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { keys, caller }) => keys.find(id, caller) ?? null,
  }),
}));

builder.mutationFields((t) => ({
  createApiKey: t.field({
    authScopes: { may: "keys:admin" },
    type: CreateApiKeyResult.type,
    description: "Makes a key, shown this once: only a hash of it is kept.",
    args: { input: t.arg({ type: CreateApiKeyInput, required: true }) },
    resolve: (_, { input }, { keys, caller }) =>
      CreateApiKeyResult.settle(async () => shown(await keys.create(input, caller))),
  }),
  rotateApiKey: t.field({
    authScopes: { may: "keys:admin" },
    type: RotateApiKeyResult.type,
    description:
      "Gives a key a new text, shown this once. What was opened with the one before is closed when its time is over.",
    args: {
      id: t.arg.id({ required: true }),
      overlapSeconds: t.arg.int({
        required: true,
        defaultValue: 0,
        description: "For how long the text before is taken as well: a week (604,800) at most.",
      }),
    },
    resolve: (_, { id, overlapSeconds }, { keys, caller }) =>
      RotateApiKeyResult.settle(async () => shown(await keys.rotate(id, overlapSeconds, caller))),
  }),
  revokeApiKey: t.field({
    authScopes: { may: "keys:admin" },
    type: RevokeApiKeyResult.type,
    description: "Ends a key at once, with the sockets and streams that it has opened.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { keys, caller }) =>
      RevokeApiKeyResult.settle(() => keys.revoke(id, caller)),
  }),
}));
