import type { Instance, InstanceStatus } from "../../domain/instance.ts";
import { noteCode } from "../audited.ts";
import { builder } from "../builder.ts";
import { DisconnectType } from "./disconnect.ts";
import { described } from "../enum.ts";
import { DeliverabilityType } from "./deliverability.ts";
import { HistoryProgressType } from "./history.ts";
import { PairingCodeType, QrCodeType } from "./linking.ts";
import { PaceType } from "./pacing.ts";
import { ReconnectingType } from "./reconnecting.ts";
import { InstanceSettingsType } from "./settings.ts";
import { RestrictionType } from "./restriction.ts";
import type { ShownWebhook } from "../webhooks/webhook.ts";

/** An instance on its way out; right after its creation together with the webhook that came with it. */
export type ShownInstance = Instance & { readonly createdWebhook?: ShownWebhook };

const InstanceStatusType = builder.enumType("InstanceStatus", {
  description: "Where an instance stands.",
  values: described<InstanceStatus>({
    CREATED: "Made, and not yet connected for the first time.",
    CONNECTING: "Connecting to WhatsApp.",
    AWAITING_SCAN: "Waiting for the phone to scan the QR code or enter the pairing code.",
    OPEN: "Linked and connected: messages go both ways.",
    RECONNECTING: "The connection broke and is being made again. Sends are queued.",
    STOPPED: "Disconnected, by a call or for the reason in `lastDisconnect`. Sends are queued.",
    LOGGED_OUT: "Not linked any more. Ask for a QR code to link it again.",
  }),
});

export const InstanceType = builder.objectRef<ShownInstance>("Instance").implement({
  description: "One WhatsApp account on this gateway.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "The name given at creation: letters, digits, - and _." }),
    name: t.exposeString("name", { nullable: true, description: "A label for people." }),
    status: t.expose("status", { type: InstanceStatusType, description: "Where it stands." }),
    phoneNumber: t.exposeString("phoneNumber", {
      nullable: true,
      description: "The account's number, digits with country code and without +, once linked.",
    }),
    pn: t.exposeID("pn", { nullable: true, description: "The account's JID by phone number." }),
    lid: t.exposeID("lid", { nullable: true, description: "The account's number-hiding JID." }),
    profileName: t.exposeString("profileName", {
      nullable: true,
      description: "The name the account shows to others.",
    }),
    qr: t.field({
      authScopes: { may: "qr:read" },
      type: QrCodeType,
      nullable: true,
      description: "The QR code to scan now. Null unless the instance waits to be linked.",
      resolve: ({ id, qr }, _, context) => {
        if (qr) noteCode(context, "qr", id);
        return qr;
      },
    }),
    pairingCode: t.field({
      authScopes: { may: "qr:read" },
      type: PairingCodeType,
      nullable: true,
      description: "The pairing code to enter now, if one was asked for.",
      resolve: ({ id, pairingCode }, _, context) => {
        if (pairingCode) noteCode(context, "pairingCode", id);
        return pairingCode;
      },
    }),
    lastDisconnect: t.expose("lastDisconnect", {
      type: DisconnectType,
      nullable: true,
      description: "How the last connection ended. Null if none has.",
    }),
    restriction: t.expose("restriction", {
      type: RestrictionType,
      nullable: true,
      description: "What WhatsApp does not let it do at the moment, if anything.",
    }),
    reconnecting: t.expose("reconnecting", {
      type: ReconnectingType,
      nullable: true,
      description: "Where attempts to reconnect stand. Null while it is connected or stopped.",
    }),
    history: t.expose("history", {
      type: HistoryProgressType,
      nullable: true,
      description: "What has come of the phone's history. Null before anything has.",
    }),
    pacing: t.field({
      type: PaceType,
      nullable: true,
      description:
        "How fast it may send, and what is left at this moment. Null: as fast as it can.",
      resolve: ({ id, pacing }, _, { messages }) => pacing && messages.pace(id, pacing),
    }),
    settings: t.expose("settings", {
      type: InstanceSettingsType,
      description: "What it does by itself, and how it connects.",
    }),
    deliverability: t.field({
      type: DeliverabilityType,
      description: "Whether messages really get through. An open connection proves nothing.",
      resolve: ({ id }, _, { messages }) => messages.deliverability(id),
    }),
    linkedAt: t.expose("linkedAt", {
      type: "DateTime",
      nullable: true,
      description: "Since when it has been linked to its phone.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
  }),
});

export const InstanceConnection = builder.connectionObject(
  { type: InstanceType, name: "InstanceConnection", description: "A page of instances." },
  { name: "InstanceEdge", description: "An instance on a page." },
);
