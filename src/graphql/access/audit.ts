import type { AuditEntry, AuditVerdict } from "../../access/audit-entry.ts";
import { GatewayError } from "../../domain/errors.ts";
import { builder } from "../builder.ts";
import { connection, pageSize } from "../page.ts";

const AuditEntryType = builder.objectRef<AuditEntry>("AuditEntry").implement({
  description: "Who did what. It never holds what a message says.",
  fields: (t) => ({
    position: t.exposeInt("position", { description: "Counts the entries, from 1, without gaps." }),
    at: t.expose("at", { type: "DateTime", description: "When it was done." }),
    keyId: t.exposeID("keyId", {
      nullable: true,
      description:
        "With which key. Null for the API_KEY of the environment, and where none is set.",
    }),
    actor: t.exposeString("actor", { description: "The name of the key at that time." }),
    address: t.exposeString("address", {
      nullable: true,
      description: "The network address that the call came from.",
    }),
    action: t.exposeString("action", {
      description:
        "A mutation such as `createInstance`; `authenticate` for a key that was refused, `signIn`, and `qr` for a code that was shown.",
    }),
    target: t.exposeID("target", {
      nullable: true,
      description: "What it was done to: an instance, a webhook, a key, a message.",
    }),
    instanceId: t.exposeID("instanceId", {
      nullable: true,
      description: "The instance that it was about.",
    }),
    result: t.exposeString("result", { description: "`OK`, or the code of the error." }),
    requestId: t.exposeID("requestId", { description: "`X-Request-Id` of the answer." }),
    hash: t.exposeString("hash", {
      description: "In hexadecimal; covers this entry and the hash of the one before.",
    }),
  }),
});

const AuditEntryConnection = builder.connectionObject(
  {
    type: AuditEntryType,
    name: "AuditEntryConnection",
    description: "A page of the audit trail, the latest first.",
  },
  { name: "AuditEntryEdge", description: "An entry on a page." },
);

const AuditHead = builder.objectRef<NonNullable<AuditVerdict["head"]>>("AuditHead").implement({
  description:
    "The newest entry. Written down elsewhere, it tells later whether the end of the trail was cut off.",
  fields: (t) => ({
    position: t.exposeInt("position", { description: "Its position." }),
    hash: t.exposeString("hash", { description: "Its hash, which covers all before it." }),
  }),
});

const AuditVerdictType = builder.objectRef<AuditVerdict>("AuditVerdict").implement({
  description: "What a look at the whole audit trail found.",
  fields: (t) => ({
    intact: t.boolean({
      description: "Whether every entry that is kept is as it was written.",
      resolve: ({ brokenAt }) => brokenAt === null,
    }),
    checked: t.exposeInt("checked", { description: "How many entries were found good." }),
    brokenAt: t.exposeInt("brokenAt", {
      nullable: true,
      description: "The position of the first that is changed or missing.",
    }),
    head: t.field({
      type: AuditHead,
      nullable: true,
      description: "The newest entry. Null when there is none, or when the trail is broken.",
      resolve: ({ head }) => head,
    }),
  }),
});

builder.queryFields((t) => ({
  auditEntries: t.field({
    authScopes: { may: "keys:admin" },
    type: AuditEntryConnection,
    description:
      "The audit trail, the latest first. A key for some instances sees what was done to those.",
    args: {
      first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
      after: t.arg.string({ description: "The `endCursor` of the page before." }),
      keyId: t.arg.id({ description: "Only what was done with this key." }),
      action: t.arg.string({ description: "Only this action, such as `createInstance`." }),
      instanceId: t.arg.id({ description: "Only what was about this instance." }),
    },
    resolve: async (_, { first, after, keyId, action, instanceId }, { audit, caller }) => {
      const limit = pageSize(first, "first");
      const within = caller.instances && [...caller.instances];
      const before = after ? placeOf(after) : null;
      const query = { keyId, action, instanceId, within, before };
      const found = await audit.list({ ...query, limit: limit + 1 });
      return connection(found.slice(0, limit), ({ position }) => String(position), {
        hasNextPage: found.length > limit,
        hasPreviousPage: false,
      });
    },
  }),
  auditVerdict: t.field({
    // It tells of everything, so it is for those who may know of everything.
    authScopes: (_, __, { caller }) => caller.instances === null && { may: "keys:admin" },
    type: AuditVerdictType,
    description:
      "Goes through the whole audit trail and checks that nothing was changed or taken out: some 100,000 entries per second.",
    resolve: (_, __, { audit }) => audit.verify(),
  }),
}));

/** @throws GatewayError BAD_INPUT */
function placeOf(cursor: string): number {
  const position = /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0;
  if (position > 0) return position;
  throw new GatewayError("BAD_INPUT", "`after` is the `endCursor` of the page before.", {
    argument: "after",
  });
}
