import { readFileSync } from "node:fs";
import { builder } from "./builder.ts";

/** Read as data: the manifest belongs to no room, so there is no door to import it through. */
const manifest = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { readonly version: string };

builder.queryField("version", (t) =>
  t.string({
    description: "The version of the gateway.",
    resolve: () => manifest.version,
  }),
);
