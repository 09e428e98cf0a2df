import { builder } from "../builder.ts";
import { InstanceType } from "./instance.ts";
import { QrCodeType } from "./linking.ts";
import { resultType } from "../result.ts";
import { checkWait } from "../wait.ts";
import { CreateWebhookInput, webhookInput } from "../webhooks/webhook-input.ts";

const CreateInstanceInput = builder.inputType("CreateInstanceInput", {
  description: "A new instance.",
  fields: (t) => ({
    id: t.id({
      description:
        "Its id for ever: up to 64 letters, digits, - and _, the first a letter or digit. Made up if left out.",
    }),
    name: t.string({ description: "A label for people." }),
    webhook: t.field({
      type: CreateWebhookInput,
      description: "A webhook for its events, there before the first of them.",
    }),
  }),
});

const CreateInstanceResult = resultType("CreateInstanceResult", {
  description: "The new instance, or why there is none.",
  success: [InstanceType],
  errors: ["BAD_INPUT", "INSTANCE_EXISTS", "INVALID_ADDRESS"],
});

const changed = (name: string, description: string) =>
  resultType(name, { description, success: [InstanceType], errors: ["INSTANCE_NOT_FOUND"] });

const StartInstanceResult = changed("StartInstanceResult", "The instance, connecting.");
const StopInstanceResult = changed("StopInstanceResult", "The instance, stopped.");
const RestartInstanceResult = changed("RestartInstanceResult", "The instance, connecting anew.");
const LogoutInstanceResult = changed("LogoutInstanceResult", "The instance, logged out.");

const RenameInstanceResult = resultType("RenameInstanceResult", {
  description: "The instance under its new name.",
  success: [InstanceType],
  errors: ["INSTANCE_NOT_FOUND", "BAD_INPUT"],
});

const DeletedInstance = builder.objectRef<{ readonly id: string }>("DeletedInstance").implement({
  description: "What is left of a deleted instance.",
  fields: (t) => ({ id: t.exposeID("id", { description: "Its id, free to be used again." }) }),
});

const DeleteInstanceResult = resultType("DeleteInstanceResult", {
  description: "The id of the deleted instance, or that there was none.",
  success: [DeletedInstance],
  errors: ["INSTANCE_NOT_FOUND"],
});

const RequestQrResult = resultType("RequestQrResult", {
  description: "The QR code to scan, or why there is none.",
  success: [QrCodeType],
  errors: ["INSTANCE_NOT_FOUND", "ALREADY_CONNECTED", "QR_UNAVAILABLE", "BAD_INPUT"],
});

// The instance and not the bare code: `... on PairingCode { code }` beside `... on Error { code }` would be
// refused by GraphQL as two types under one name.
const RequestPairingCodeResult = resultType("RequestPairingCodeResult", {
  description: "The instance with its `pairingCode`, or why there is none.",
  success: [InstanceType],
  errors: ["INSTANCE_NOT_FOUND", "ALREADY_CONNECTED", "QR_UNAVAILABLE", "BAD_INPUT"],
});

builder.mutationFields((t) => ({
  createInstance: t.field({
    authScopes: (_, { input }) => ({
      may: input.webhook ? ["instances:write", "webhooks:write"] : "instances:write",
    }),
    type: CreateInstanceResult.type,
    description: "Creates an instance, which begins to connect at once.",
    args: { input: t.arg({ type: CreateInstanceInput, required: true }) },
    resolve: (_, { input }, { instances, webhooks }) =>
      CreateInstanceResult.settle(async () => {
        const draft = input.webhook ? webhooks.draft(webhookInput(input.webhook)) : undefined;
        const { instance, also } = await instances.create(
          { id: input.id ?? null, name: input.name ?? null },
          async (tx, id) => (draft ? webhooks.insert(tx, id, draft) : undefined),
        );
        if (also === undefined) return instance;
        return { ...instance, createdWebhook: { ...also.webhook, secret: also.secret } };
      }),
  }),
  startInstance: t.field({
    authScopes: { may: "instances:write" },
    type: StartInstanceResult.type,
    description: "Connects a stopped instance. Nothing happens to one that runs.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { instances }) => StartInstanceResult.settle(() => instances.start(id)),
  }),
  stopInstance: t.field({
    authScopes: { may: "instances:write" },
    type: StopInstanceResult.type,
    description: "Disconnects and stays down until started. The link to the phone is kept.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { instances }) => StopInstanceResult.settle(() => instances.stop(id)),
  }),
  restartInstance: t.field({
    authScopes: { may: "instances:write" },
    type: RestartInstanceResult.type,
    description: "Makes a fresh connection to WhatsApp, at once.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { instances }) =>
      RestartInstanceResult.settle(() => instances.restart(id)),
  }),
  logoutInstance: t.field({
    authScopes: { may: "instances:write" },
    type: LogoutInstanceResult.type,
    description: "Unlinks the device at WhatsApp. Messages and webhooks are kept.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { instances }) => LogoutInstanceResult.settle(() => instances.logOut(id)),
  }),
  renameInstance: t.field({
    authScopes: { may: "instances:write" },
    type: RenameInstanceResult.type,
    description: "Changes the label of an instance. Its id stays.",
    args: {
      id: t.arg.id({ required: true }),
      name: t.arg.string({ description: "The new label; null takes it away." }),
    },
    resolve: (_, { id, name }, { instances }) =>
      RenameInstanceResult.settle(() => instances.rename(id, name ?? null)),
  }),
  deleteInstance: t.field({
    authScopes: { may: "instances:write" },
    type: DeleteInstanceResult.type,
    description:
      "Logs out where WhatsApp can be reached, then removes the instance with its session, messages and webhooks.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { instances }) =>
      DeleteInstanceResult.settle(async () => {
        await instances.delete(id);
        return { id };
      }),
  }),
  requestQr: t.field({
    authScopes: { may: "qr:read" },
    type: RequestQrResult.type,
    description:
      "The QR code to scan, waiting for one if need be. Starts linking again where the last code ran out.",
    args: {
      id: t.arg.id({ required: true }),
      waitMs: t.arg.int({
        required: true,
        defaultValue: 10_000,
        description: "How long to wait for a code, in milliseconds: 60,000 at most.",
      }),
    },
    resolve: (_, { id, waitMs }, { instances, signal }) =>
      RequestQrResult.settle(() => instances.qr(id, checkWait(waitMs), signal)),
  }),
  requestPairingCode: t.field({
    authScopes: { may: "qr:read" },
    type: RequestPairingCodeResult.type,
    description: "A code to type into the phone instead of scanning the QR code.",
    args: {
      id: t.arg.id({ required: true }),
      phone: t.arg.string({
        required: true,
        description: "The number of the phone to link, with country code.",
      }),
    },
    resolve: (_, { id, phone }, { instances }) =>
      RequestPairingCodeResult.settle(async () => {
        const pairingCode = await instances.pairingCode(id, phone);
        return { ...(await instances.get(id)), pairingCode };
      }),
  }),
}));
