import { pageIn } from "../../directory/group-page.ts";
import type { Address } from "../../domain/address.ts";
import { ParticipantType } from "../address.ts";
import { builder } from "../builder.ts";
import { idOf, pageArgs, pageRequest, shownPage } from "../groups/group-page.ts";
import { PERSON_ERRORS } from "./people-errors.ts";
import { resultType } from "../result.ts";

const BlockedContactConnection = builder.connectionObject(
  {
    type: ParticipantType,
    name: "BlockedContactConnection",
    description: "A page of people who are blocked.",
  },
  { name: "BlockedContactEdge", description: "Somebody on a page." },
);

builder.queryField("blockedContacts", (t) =>
  t.field({
    authScopes: { may: "contacts" },
    type: BlockedContactConnection,
    description: "Whom the account has blocked, in the order of their ids.",
    args: {
      instanceId: t.arg.id({ required: true, description: "Which account." }),
      ...pageArgs(t.arg),
    },
    resolve: async (_, { instanceId, ...page }, { people }) =>
      shownPage(pageIn(await people.blocked(instanceId), idOf, pageRequest(page)), idOf),
  }),
);

interface Blocked {
  readonly contact: Address;
  readonly isBlocked: boolean;
}

const BlockStateType = builder.objectRef<Blocked>("BlockState").implement({
  description: "Whether somebody is blocked.",
  fields: (t) => ({
    contact: t.expose("contact", { type: ParticipantType, description: "Who." }),
    isBlocked: t.exposeBoolean("isBlocked", {
      description: "Whether nothing that they write or do reaches the account.",
    }),
  }),
});

const BlockContactResult = resultType("BlockContactResult", {
  description: "Who is blocked now.",
  success: [BlockStateType],
  errors: PERSON_ERRORS,
});

const UnblockContactResult = resultType("UnblockContactResult", {
  description: "Who is not blocked any more.",
  success: [BlockStateType],
  errors: PERSON_ERRORS,
});

const BlockContactInput = builder.inputType("BlockContactInput", {
  description: "Whom to block, or not to block any more.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Which account." }),
    contact: t.string({ required: true, description: "A phone number or a JID." }),
  }),
});

builder.mutationFields((t) => ({
  blockContact: t.field({
    authScopes: { may: "contacts" },
    type: BlockContactResult.type,
    description:
      "Blocks somebody: what they write does not arrive, and they do not see when the account is online. They are not told.",
    args: { input: t.arg({ type: BlockContactInput, required: true }) },
    resolve: (_, { input: { instanceId, contact } }, { people }) =>
      BlockContactResult.settle(async () => ({
        contact: await people.block(instanceId, contact, true),
        isBlocked: true,
      })),
  }),
  unblockContact: t.field({
    authScopes: { may: "contacts" },
    type: UnblockContactResult.type,
    description: "Lets somebody write again. What they wrote meanwhile does not arrive any more.",
    args: { input: t.arg({ type: BlockContactInput, required: true }) },
    resolve: (_, { input: { instanceId, contact } }, { people }) =>
      UnblockContactResult.settle(async () => ({
        contact: await people.block(instanceId, contact, false),
        isBlocked: false,
      })),
  }),
}));
