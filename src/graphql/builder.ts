import type { ArgBuilder } from "@pothos/core";
import SchemaBuilder from "@pothos/core";
import RelayPlugin from "@pothos/plugin-relay";
import ScopeAuthPlugin from "@pothos/plugin-scope-auth";
import type { Context } from "./context.ts";
import { demandsOf, type Demands, forbidden } from "./scopes.ts";

export const builder = new SchemaBuilder<{
  Context: Context;
  AuthScopes: Demands;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Cursor: { Input: string; Output: string };
    File: { Input: File; Output: never };
  };
}>({
  // Scopes come last, and so are asked first.
  plugins: [RelayPlugin, ScopeAuthPlugin],
  scopeAuth: {
    // A subscription is refused before it begins, and not with its first event.
    authorizeOnSubscribe: true,
    authScopes: ({ caller }) => demandsOf(caller),
    unauthorizedError: (_, { caller }, __, { failure }) => forbidden(caller, failure),
  },
  defaultFieldNullability: false,
  relay: {
    // Ids are plain, so no id says of which type it is, and there is no `node(id)`.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    cursorType: "String",
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: "The entries of this page, in order.",
    },
    nodeFieldOptions: { nullable: false, description: "The entry itself." },
    cursorFieldOptions: {
      description: "Where this entry stands; pass it as `after` or `before` to go on from here.",
    },
    pageInfoFieldOptions: { description: "How to go on from this page." },
    pageInfoTypeOptions: { description: "Where a page begins and ends, and what lies beyond it." },
    hasNextPageFieldOptions: {
      description: "Whether more entries follow this page. Exact when paging with `first`.",
    },
    hasPreviousPageFieldOptions: {
      description: "Whether entries come before this page. Exact when paging with `last`.",
    },
    startCursorFieldOptions: { description: "Pass it as `before` to get the page before." },
    endCursorFieldOptions: {
      description: "Pass it as `after` to get the next page, or what has come in the meantime.",
    },
  },
});

export type SchemaTypes = typeof builder.$inferSchemaTypes;

export type ArgumentBuilder = ArgBuilder<SchemaTypes>;

builder.queryType({ description: "Reading. Nothing here changes anything." });
builder.mutationType({
  description:
    "Changing. A failure that a caller can expect is part of the result: select `... on Error { code message }` beside what you want.",
});
builder.subscriptionType({
  description:
    "Following what happens, over WebSocket (`graphql-transport-ws`) or server-sent events.",
});
