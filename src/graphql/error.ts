import type { ObjectRef } from "@pothos/core";
import type { ErrorCode, ErrorDetails } from "../domain/errors.ts";
import type { SchemaTypes } from "./builder.ts";
import { builder } from "./builder.ts";
import { ErrorCodeType } from "./error-code.ts";
import type { Failure } from "./failure.ts";

type ErrorRef = ObjectRef<SchemaTypes, Failure>;

const ErrorInterface = builder.interfaceRef<Failure>("Error").implement({
  description: "A failure that a caller can expect. Every type of error implements it.",
  resolveType: ({ code }): string => errorTypeOf(code as ExpectedCode).name,
  fields: (t) => ({
    code: t.expose("code", { type: ErrorCodeType, description: "What to build on." }),
    message: t.exposeString("message", {
      description: "What is wrong and what to do, for people. It may change at any time.",
    }),
  }),
});

function errorType(name: string, description: string): ErrorRef {
  return builder.objectRef<Failure>(name).implement({
    interfaces: [ErrorInterface],
    description,
  });
}

const InstanceNotFoundError = builder.objectRef<Failure>("InstanceNotFoundError").implement({
  interfaces: [ErrorInterface],
  description: "There is no instance with this id. List the instances, or create it first.",
  fields: (t) => ({
    instanceId: t.id({
      nullable: true,
      description: "The id that was asked for.",
      resolve: ({ details }) => textOf(details.instanceId),
    }),
  }),
});

const SendRejectedError = builder.objectRef<Failure>("SendRejectedError").implement({
  interfaces: [ErrorInterface],
  description: "WhatsApp's server refused the message. The event `message.failed` tells the same.",
  fields: (t) => ({
    whatsappCode: t.int({
      nullable: true,
      description: "WhatsApp's own number for the refusal, such as 463.",
      resolve: ({ details }) => numberOf(details.whatsappCode),
    }),
  }),
});

/** What WhatsApp refused, with its own number where it gave one. */
function refusalType(name: string, description: string): ErrorRef {
  return builder.objectRef<Failure>(name).implement({
    interfaces: [ErrorInterface],
    description,
    fields: (t) => ({
      whatsappCode: t.int({
        nullable: true,
        description: "WhatsApp's own number for the refusal, such as 403.",
        resolve: ({ details }) => numberOf(details.whatsappCode),
      }),
    }),
  });
}

const CursorError = builder.objectRef<Failure>("CursorError").implement({
  interfaces: [ErrorInterface],
  description: "The cursor cannot be read from. Events in between may be lost: start again.",
  fields: (t) => ({
    oldest: t.field({
      type: "Cursor",
      nullable: true,
      description: "Before the oldest event that is kept.",
      resolve: ({ details }) => textOf(details.oldest),
    }),
    head: t.field({
      type: "Cursor",
      nullable: true,
      description: "After the newest event.",
      resolve: ({ details }) => textOf(details.head),
    }),
  }),
});

const MediaError = errorType(
  "MediaError",
  "The file cannot be sent: it could not be fetched, is too large, or is not what it claims to be. `code` says which.",
);

const CredentialsError = errorType(
  "CredentialsError",
  "The session cannot be taken over: its files are not what they should be, or the passphrase is wrong. `code` says which.",
);

/**
 * The type by which each expected failure is answered. The codes that are left out are no outcome of
 * one mutation: they concern the caller's key or the state of the gateway, and are GraphQL errors.
 */
const TYPES = {
  BAD_INPUT: errorType("BadInputError", "Something in the input is not as it has to be."),
  INSTANCE_NOT_FOUND: InstanceNotFoundError,
  INSTANCE_EXISTS: errorType(
    "InstanceExistsError",
    "The id is taken. Choose another, or use the instance that has it.",
  ),
  ALREADY_CONNECTED: errorType(
    "AlreadyConnectedError",
    "The instance is linked. Log it out first to link another account.",
  ),
  NOT_LINKED: errorType(
    "NotLinkedError",
    "The instance was never linked or is logged out. Scan its QR code first.",
  ),
  QR_UNAVAILABLE: errorType(
    "QrUnavailableError",
    "There is no code to show: the connection to WhatsApp failed or took too long. Try again.",
  ),
  INVALID_RECIPIENT: errorType(
    "InvalidRecipientError",
    "The recipient is neither a phone number with country code nor a JID.",
  ),
  NOT_ON_WHATSAPP: errorType("NotOnWhatsAppError", "Nobody on WhatsApp has this number."),
  MESSAGE_NOT_FOUND: errorType("MessageNotFoundError", "There is no such message."),
  BATCH_NOT_FOUND: errorType("BatchNotFoundError", "There is no batch with this id."),
  GROUP_NOT_FOUND: errorType(
    "GroupNotFoundError",
    "There is no such group, or the account is not in it.",
  ),
  CHANNEL_NOT_FOUND: refusalType(
    "ChannelNotFoundError",
    "There is no such channel, or it was deleted.",
  ),
  CHAT_NOT_FOUND: errorType(
    "ChatNotFoundError",
    "The account knows no such chat. List its chats to see their ids.",
  ),
  LABEL_NOT_FOUND: errorType(
    "LabelNotFoundError",
    "The account has no such label. List its labels to see their ids.",
  ),
  CONFLICT: errorType(
    "ConflictError",
    "WhatsApp refused the change, as other devices of the account changed the same at that moment. Try again.",
  ),
  INVITE_INVALID: refusalType(
    "InviteInvalidError",
    "The link leads to no group or channel. It may have been made void: ask for a new one.",
  ),
  NOT_ALLOWED: refusalType(
    "NotAllowedError",
    "WhatsApp does not let the account do this, as it is no admin of the group or channel.",
  ),
  CALL_NOT_FOUND: errorType(
    "CallNotFoundError",
    "No such call rings: it has ended, or rang before the instance was connected.",
  ),
  SEND_REJECTED: SendRejectedError,
  TOO_LATE: errorType(
    "TooLateError",
    "The message has left, or has ended some other way. Only what is QUEUED can be cancelled.",
  ),
  QUEUE_FULL: errorType(
    "QueueFullError",
    "Too many messages of this instance wait to be sent. Try again when some have left.",
  ),
  IDEMPOTENCY_MISMATCH: errorType(
    "IdempotencyMismatchError",
    "The idempotency key was used in the last 24 hours with other arguments. Use a new one.",
  ),
  INVALID_ADDRESS: errorType(
    "InvalidAddressError",
    "The gateway may not call this address: see the message for the rule that forbids it.",
  ),
  MEDIA_UNREACHABLE: MediaError,
  MEDIA_GONE: MediaError,
  MEDIA_TOO_LARGE: MediaError,
  MEDIA_INVALID: MediaError,
  CREDENTIALS_INVALID: CredentialsError,
  PASSPHRASE_WRONG: CredentialsError,
  WEBHOOK_NOT_FOUND: errorType("WebhookNotFoundError", "There is no webhook with this id."),
  KEY_NOT_FOUND: errorType("KeyNotFoundError", "There is no API key with this id."),
  CURSOR_INVALID: CursorError,
  CURSOR_EXPIRED: CursorError,
  CURSOR_FOREIGN: CursorError,
  CURSOR_AHEAD: CursorError,
} satisfies Partial<Record<ErrorCode, ErrorRef>>;

/** A code that can be part of a mutation's result. */
export type ExpectedCode = keyof typeof TYPES;

export function errorTypeOf(code: ExpectedCode): ErrorRef {
  return TYPES[code];
}

type Detail = ErrorDetails[string];

const textOf = (detail: Detail): string | null => (typeof detail === "string" ? detail : null);
const numberOf = (detail: Detail): number | null => (typeof detail === "number" ? detail : null);
