import type { ErrorCode } from "../domain/errors.ts";
import { builder } from "./builder.ts";
import { described } from "./enum.ts";

export const ErrorCodeType = builder.enumType("ErrorCode", {
  description: "What went wrong, in words that stay the same. Build on these, not on messages.",
  values: described<ErrorCode>({
    BAD_INPUT: "Something in the call is not as it has to be; the message says what.",
    UNAUTHENTICATED: "No key, or one that is not known.",
    FORBIDDEN: "The key is known and may not do this.",
    RATE_LIMITED:
      "Too often: wait as long as `Retry-After` says, or some minutes where it was WhatsApp that refused.",
    INSTANCE_NOT_FOUND: "There is no instance with this id.",
    INSTANCE_EXISTS: "The id is taken by another instance.",
    ALREADY_CONNECTED: "The instance is linked and needs no QR or pairing code.",
    NOT_LINKED: "The instance was never linked or is logged out: link it first.",
    QR_UNAVAILABLE: "There is no QR code to show now; the message says why.",
    INVALID_RECIPIENT: "The recipient is neither a phone number nor a JID.",
    NOT_ON_WHATSAPP: "Nobody on WhatsApp has this number.",
    MESSAGE_NOT_FOUND: "There is no such message.",
    BATCH_NOT_FOUND: "There is no batch with this id.",
    GROUP_NOT_FOUND: "There is no such group, or the account is not in it.",
    CHANNEL_NOT_FOUND: "There is no such channel, or it was deleted.",
    INVITE_INVALID: "The link leads to no group or channel. It may have been made void.",
    NOT_ALLOWED:
      "WhatsApp does not let the account do this, as it is no admin of the group or channel.",
    CHAT_NOT_FOUND: "The account knows no such chat.",
    CALL_NOT_FOUND: "No such call rings at this moment.",
    LABEL_NOT_FOUND: "The account has no such label.",
    CONFLICT:
      "Other devices of the account changed the same at that moment: nothing was changed. Try again.",
    SEND_REJECTED: "WhatsApp refused the message; its code comes along.",
    TOO_LATE: "The message has left, or has ended some other way.",
    QUEUE_FULL: "Too many messages of this instance wait to be sent: slow down.",
    IDEMPOTENCY_MISMATCH: "The idempotency key was used before, with other arguments.",
    INVALID_ADDRESS: "The gateway may not or cannot call this address.",
    MEDIA_UNREACHABLE: "The file could not be fetched from its address.",
    MEDIA_GONE: "The file is kept nowhere any more, neither by WhatsApp nor by the phone.",
    MEDIA_TOO_LARGE: "The file is larger than WhatsApp or the gateway takes.",
    MEDIA_INVALID: "The file is not what it is said to be, or cannot be read.",
    CREDENTIALS_INVALID: "The files are not the session of a linked device.",
    PASSPHRASE_WRONG: "The passphrase does not open the file, or the file was changed.",
    WEBHOOK_NOT_FOUND: "There is no webhook with this id.",
    DELIVERY_NOT_FOUND: "There is no delivery with this id, or no longer.",
    KEY_NOT_FOUND: "There is no API key with this id.",
    CURSOR_INVALID: "This is not a cursor of the event log.",
    CURSOR_EXPIRED: "Events after this cursor are no longer kept: start again from `oldest`.",
    CURSOR_FOREIGN: "The cursor comes from another database.",
    CURSOR_AHEAD: "The cursor is ahead of the log: the database was restored from a backup.",
    STORE_FAILED: "The database did not take it. Nothing was changed; try again.",
    OWNERSHIP_LOST: "Another process has taken over this instance. Try again.",
    UNAVAILABLE: "Not now: the gateway or the connection is not ready. Try again.",
  }),
});
