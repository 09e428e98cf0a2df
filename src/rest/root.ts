import type { Alias } from "./alias.ts";
import { alias } from "./alias.ts";
import { GatewayVersionDocument } from "./generated/operations.ts";

/** The door: who answers here, and what else there is. */
export function rootAlias(aliases: readonly Alias[]): Alias {
  const endpoints = aliases.map(({ method, path, summary }) => `${method} ${path}: ${summary}`);
  return alias({
    method: "GET",
    path: "/",
    summary: "What there is",
    document: GatewayVersionDocument,
    variables: () => ({}),
    answer: ({ version }) => ({
      status: 200,
      body: {
        name: "wagraph",
        version,
        links: { dashboard: "/dashboard/", graphql: "/graphql", live: "/livez", ready: "/readyz" },
        endpoints,
      },
    }),
  });
}
