import type { ApiKey } from "../../access/api-key.ts";
import { builder } from "../builder.ts";

/** A key on its way out; right after it was made with the text that is shown this once. */
export type ShownApiKey = ApiKey & { readonly text?: string };

export const ApiKeyType = builder.objectRef<ShownApiKey>("ApiKey").implement({
  description: "A key that callers show, and what may be done with it.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the key; it stands in the key itself." }),
    key: t.string({
      nullable: true,
      description:
        "The key itself: only in the answer of `createApiKey` and `rotateApiKey`, and never again.",
      resolve: ({ text }) => text ?? null,
    }),
    name: t.exposeString("name", { description: "What it is for, for people." }),
    scopes: t.exposeStringList("scopes", {
      description: "What may be done with it, such as `messages:send`.",
    }),
    instanceIds: t.idList({
      nullable: true,
      description: "The only instances that exist for it. Null for all, those to come included.",
      resolve: ({ instances }) => instances && [...instances],
    }),
    cidrs: t.exposeStringList("cidrs", {
      nullable: true,
      description: "The addresses and networks it may be used from. Null for all.",
    }),
    ratePerMinute: t.exposeInt("ratePerMinute", {
      nullable: true,
      description: "Operations per minute, all at once or spread. Null for as many as one likes.",
    }),
    createdBy: t.exposeString("createdBy", { description: "The name of the key that made it." }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      nullable: true,
      description: "When it ends by itself. Null for never.",
    }),
    revokedAt: t.expose("revokedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was revoked. It is listed for 30 days more.",
    }),
    lastUsedAt: t.expose("lastUsedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was last shown. Null for never.",
    }),
    lastUsedFrom: t.exposeString("lastUsedFrom", {
      nullable: true,
      description: "The network address it was last shown from.",
    }),
  }),
});
