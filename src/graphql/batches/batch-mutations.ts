import { builder } from "../builder.ts";
import { resultType } from "../result.ts";
import { BatchType } from "./batch.ts";
import { batchContent, BatchContentInput } from "./batch-content.ts";

const BatchVariableInput = builder.inputType("BatchVariableInput", {
  description: "What stands for a variable in the message of one recipient.",
  fields: (t) => ({
    name: t.string({
      required: true,
      description: "Without the braces: letters, digits and _, the first no digit.",
    }),
    value: t.string({ required: true, description: "Up to 4,096 characters." }),
  }),
});

const BatchRecipientInput = builder.inputType("BatchRecipientInput", {
  description: "Somebody to send to.",
  fields: (t) => ({
    to: t.string({
      required: true,
      description: "Digits with or without + and punctuation, or a JID.",
    }),
    variables: t.field({
      type: [BatchVariableInput],
      description:
        "For `{{name}}` in the text or caption. If anybody has variables, everybody needs a value for each in the text; if nobody has, braces are text.",
    }),
  }),
});

const BatchSpacingInput = builder.inputType("BatchSpacingInput", {
  description: "The pause between two messages.",
  fields: (t) => ({
    delayMs: t.int({
      required: true,
      description: "In milliseconds, from when one has left; 3,600,000 at most.",
    }),
    jitter: t.float({
      description: "Up to this part of it is added at random, 0 to 1; 0.2 if left out.",
      defaultValue: 0.2,
    }),
  }),
});

const SendBatchInput = builder.inputType("SendBatchInput", {
  description: "One content for many people.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "The account to send from." }),
    content: t.field({
      type: BatchContentInput,
      required: true,
      description: "What everybody gets. A file is fetched once, before the call is answered.",
    }),
    recipients: t.field({
      type: [BatchRecipientInput],
      required: true,
      description:
        "Up to 10,000, in the order in which they get it. Who is named twice gets it twice.",
    }),
    spacing: t.field({
      type: BatchSpacingInput,
      description:
        "The pause between two messages, beside the pacing of the account. As fast as that allows if left out.",
    }),
    disappearsAfter: t.int({
      description:
        "After how many seconds phones remove it: 86,400 (a day), 604,800 (a week) or 7,776,000 (90 days). It stays if left out.",
    }),
    scheduledAt: t.field({
      type: "DateTime",
      description: "Begin then and not now; within a year.",
    }),
    idempotencyKey: t.string({
      description:
        "Your own name for this batch. Within 24 hours a second call with it sends nothing and is answered with the first one's batch.",
    }),
  }),
});

const SendBatchResult = resultType("SendBatchResult", {
  description: "The batch, all of it stored, or why there is none.",
  success: [BatchType],
  errors: [
    "BAD_INPUT",
    "INSTANCE_NOT_FOUND",
    "NOT_LINKED",
    "MESSAGE_NOT_FOUND",
    "QUEUE_FULL",
    "IDEMPOTENCY_MISMATCH",
    "INVALID_ADDRESS",
    "MEDIA_UNREACHABLE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
});

const PauseBatchResult = resultType("PauseBatchResult", {
  description: "The batch, PAUSED.",
  success: [BatchType],
  errors: ["BATCH_NOT_FOUND", "TOO_LATE"],
});

const ResumeBatchResult = resultType("ResumeBatchResult", {
  description: "The batch, RUNNING.",
  success: [BatchType],
  errors: ["BATCH_NOT_FOUND", "TOO_LATE", "NOT_LINKED"],
});

const CancelBatchResult = resultType("CancelBatchResult", {
  description: "The batch, CANCELLED.",
  success: [BatchType],
  errors: ["BATCH_NOT_FOUND", "TOO_LATE"],
});

builder.mutationFields((t) => ({
  sendBatch: t.field({
    authScopes: { may: "messages:send" },
    type: SendBatchResult.type,
    description:
      "Sends one content to many people. It is stored before the call is answered and survives a restart; 40 of its messages at most wait in the queue of the account at a time.",
    args: { input: t.arg({ type: SendBatchInput, required: true }) },
    resolve: (_, { input }, { batches }) =>
      SendBatchResult.settle(() => {
        const { content, recipients, spacing, ...rest } = input;
        return batches.create({
          ...rest,
          content: batchContent(content),
          recipients: recipients.map(({ to, variables }) => ({
            to,
            variables:
              variables && Object.fromEntries(variables.map(({ name, value }) => [name, value])),
          })),
          spacing: spacing && { delayMs: spacing.delayMs, jitter: spacing.jitter ?? 0.2 },
        });
      }),
  }),
  pauseBatch: t.field({
    authScopes: { may: "messages:send" },
    type: PauseBatchResult.type,
    description:
      "Puts no more messages of a batch into the queue. What is in it by now, 40 at most, is sent.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { batches }) => PauseBatchResult.settle(() => batches.pause(id)),
  }),
  resumeBatch: t.field({
    authScopes: { may: "messages:send" },
    type: ResumeBatchResult.type,
    description: "Lets a paused batch go on where it stood.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { batches }) => ResumeBatchResult.settle(() => batches.resume(id)),
  }),
  cancelBatch: t.field({
    authScopes: { may: "messages:send" },
    type: CancelBatchResult.type,
    description: "Ends a batch for good, and takes back what of it is still QUEUED.",
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { batches }) => CancelBatchResult.settle(() => batches.cancel(id)),
  }),
}));
