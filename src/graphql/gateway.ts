import { builder } from "./builder.ts";

builder.queryField("version", (t) =>
  t.string({
    authScopes: { known: true },
    description: "The version of the gateway.",
    resolve: (_, __, { version }) => version,
  }),
);
