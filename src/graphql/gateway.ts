import manifest from "../../package.json" with { type: "json" };
import { builder } from "./builder.ts";

builder.queryField("version", (t) =>
  t.string({
    description: "The version of the gateway.",
    resolve: () => manifest.version,
  }),
);
