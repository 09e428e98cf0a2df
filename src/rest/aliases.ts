import type { Alias } from "./alias.ts";
import { albumSendAlias } from "./album-send.ts";
import { auditAliases } from "./audit.ts";
import { batchAliases } from "./batches.ts";
import { blockAliases } from "./block.ts";
import { communityAliases } from "./communities.ts";
import { businessAliases } from "./business.ts";
import { callAlias } from "./calls.ts";
import { channelAliases } from "./channels.ts";
import { channelPostAliases } from "./channel-posts.ts";
import { chatEditAliases } from "./chat-edits.ts";
import { chatAliases } from "./chats.ts";
import { contactAliases } from "./contacts.ts";
import { contactCheckAlias } from "./contact-check.ts";
import { credentialsAliases } from "./credentials.ts";
import { deliveryAliases } from "./deliveries.ts";
import { eventAlias } from "./events.ts";
import { healthAliases } from "./health.ts";
import { groupEntryAliases } from "./group-entry.ts";
import { groupPictureAliases } from "./group-picture.ts";
import { groupAliases } from "./groups.ts";
import { instanceActionAliases } from "./instance-actions.ts";
import { instanceAliases } from "./instances.ts";
import { keyAliases } from "./keys.ts";
import { messageAliases } from "./messages.ts";
import { presenceAliases } from "./presence.ts";
import { profileAliases } from "./profile.ts";
import { qrAlias } from "./qr.ts";
import { readMarkAliases } from "./read-marks.ts";
import { rootAlias } from "./root.ts";
import { messageAddOnAliases } from "./message-add-ons.ts";
import { messageChangeAliases } from "./message-changes.ts";
import { labelAliases } from "./labels.ts";
import { messageMarkAliases } from "./message-marks.ts";
import { mediaSendAliases } from "./media-sends.ts";
import { sendAliases } from "./sends.ts";
import { settingsAliases } from "./settings.ts";
import { statusSendAlias } from "./status-send.ts";
import { webhookAliases } from "./webhooks.ts";

const table: readonly Alias[] = [
  ...instanceAliases,
  ...instanceActionAliases,
  ...settingsAliases,
  ...credentialsAliases,
  qrAlias,
  ...sendAliases,
  ...mediaSendAliases,
  ...batchAliases,
  albumSendAlias,
  statusSendAlias,
  ...messageChangeAliases,
  ...messageAddOnAliases,
  ...messageMarkAliases,
  ...groupAliases,
  ...groupPictureAliases,
  ...groupEntryAliases,
  ...communityAliases,
  ...channelAliases,
  ...channelPostAliases,
  ...chatAliases,
  ...chatEditAliases,
  ...labelAliases,
  ...contactAliases,
  ...messageAliases,
  ...healthAliases,
  contactCheckAlias,
  ...presenceAliases,
  callAlias,
  ...readMarkAliases,
  ...profileAliases,
  ...businessAliases,
  ...blockAliases,
  eventAlias,
  ...webhookAliases,
  ...deliveryAliases,
  ...keyAliases,
  ...auditAliases,
];

/** Every REST call that the gateway answers. */
export const aliases: readonly Alias[] = [rootAlias(table), ...table];
