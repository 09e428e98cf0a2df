import type {
  Batch,
  BatchError,
  BatchProgress,
  BatchRecipient,
  BatchState,
  Spacing,
} from "../../messages/batch/batch.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { MessageInterface, MessageKindType, shown } from "../messages/message.ts";
import { connection, pageSize } from "../page.ts";
import { GatewayError } from "../../domain/errors.ts";

const BatchStateType = builder.enumType("BatchState", {
  description: "Where a batch stands.",
  values: described<BatchState>({
    RUNNING: "Its messages are put into the queue, one after the other, or it waits for its time.",
    PAUSED: "Nothing more is put into the queue until it is resumed.",
    DONE: "Everybody has a message or an error. Messages may still be on their way.",
    CANCELLED: "Ended by a call. Who had no message by then gets none.",
  }),
});

const SpacingType = builder.objectRef<Spacing>("BatchSpacing").implement({
  description: "The pause between two messages of a batch.",
  fields: (t) => ({
    delayMs: t.exposeInt("delayMs", { description: "In milliseconds, from when one has left." }),
    jitter: t.exposeFloat("jitter", {
      description: "Up to this part of the pause is added at random, 0 to 1.",
    }),
  }),
});

const ProgressType = builder.objectRef<BatchProgress>("BatchProgress").implement({
  description:
    "Where the recipients are. Each is counted once, for the furthest that their message came: together they are `total`.",
  fields: (t) => ({
    pending: t.exposeInt("pending", { description: "Their message is not made yet." }),
    queued: t.exposeInt("queued", { description: "It waits, or WhatsApp has not confirmed it." }),
    sent: t.exposeInt("sent", {
      description: "WhatsApp's server has it, or it is no longer kept.",
    }),
    delivered: t.exposeInt("delivered", { description: "It is on a device of theirs." }),
    read: t.exposeInt("read", { description: "They have read or played it." }),
    failed: t.exposeInt("failed", {
      description: "No message could be made for them, or it failed or expired.",
    }),
    cancelled: t.exposeInt("cancelled", { description: "It was taken back, or never made." }),
  }),
});

const BatchErrorType = builder.objectRef<BatchError>("BatchRecipientError").implement({
  description: "Why no message could be made for somebody.",
  fields: (t) => ({
    code: t.exposeString("code", { description: "What to build on, such as `INVALID_RECIPIENT`." }),
    message: t.exposeString("message", { description: "The same in words, for people." }),
  }),
});

const BatchRecipientType = builder.objectRef<BatchRecipient>("BatchRecipient").implement({
  description: "Somebody to whom a batch goes.",
  fields: (t) => ({
    index: t.exposeInt("index", { description: "Their place in the list; the first is 0." }),
    to: t.exposeString("to", { description: "As it was given." }),
    message: t.field({
      type: MessageInterface,
      nullable: true,
      description: "Their message as it is now. Null while there is none, or when it is not kept.",
      resolve: ({ message }) => message && shown(message),
    }),
    error: t.expose("error", {
      type: BatchErrorType,
      nullable: true,
      description: "Why no message could be made. What went wrong later stands in `message`.",
    }),
  }),
});

const BatchRecipientConnection = builder.connectionObject(
  {
    type: BatchRecipientType,
    name: "BatchRecipientConnection",
    description: "A page of recipients.",
  },
  { name: "BatchRecipientEdge", description: "A recipient on a page." },
);

export const BatchType = builder.objectRef<Batch>("Batch").implement({
  description: "One content on its way to many people, each of whom gets an ordinary message.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the batch." }),
    instanceId: t.exposeID("instanceId", { description: "The account it is sent from." }),
    state: t.expose("state", { type: BatchStateType, description: "Where it stands." }),
    pausedFor: t.exposeString("reason", {
      nullable: true,
      description:
        "Why it has paused itself: `NOT_LINKED` when the account was logged out. Null where somebody asked for it.",
    }),
    kind: t.expose("kind", {
      type: MessageKindType,
      description: "What its messages are made of.",
    }),
    text: t.exposeString("text", {
      nullable: true,
      description: "What people read first, with its variables as they were given.",
    }),
    spacing: t.expose("spacing", {
      type: SpacingType,
      nullable: true,
      description: "The pause between two messages. Null for as fast as the account may send.",
    }),
    total: t.exposeInt("total", { description: "How many recipients it has." }),
    examined: t.exposeInt("examined", {
      description: "How many of them have a message in the queue by now, or an error.",
    }),
    progress: t.field({
      type: ProgressType,
      description: "Where they are at this moment.",
      resolve: (batch, _, { batches }) => batches.progress(batch),
    }),
    recipients: t.field({
      authScopes: { may: "messages:read" },
      type: BatchRecipientConnection,
      description: "To whom it goes, in the order of the list.",
      args: {
        first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
        after: t.arg.string({ description: "The `endCursor` of the page before." }),
      },
      resolve: async ({ id }, { first, after }, { batches }) => {
        const limit = pageSize(first, "first");
        const page = await batches.recipients(id, { limit, after: indexOf(after) });
        return connection(page.entries, ({ index }) => String(index), {
          hasNextPage: page.more,
          hasPreviousPage: Boolean(after),
        });
      },
    }),
    scheduledAt: t.expose("scheduledAt", {
      type: "DateTime",
      nullable: true,
      description: "When it begins. Null where that was at once.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was asked for." }),
    doneAt: t.expose("doneAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was DONE or CANCELLED. It is kept for 30 days from then on.",
    }),
  }),
});

export const BatchConnection = builder.connectionObject(
  { type: BatchType, name: "BatchConnection", description: "A page of batches." },
  { name: "BatchEdge", description: "A batch on a page." },
);

/** @throws GatewayError CURSOR_INVALID */
function indexOf(cursor: string | null | undefined): number | null {
  if (!cursor) return null;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new GatewayError("CURSOR_INVALID", "This is not the cursor of a recipient.");
}
