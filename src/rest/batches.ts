import { z } from "zod";
import { alias } from "./alias.ts";
import { type Answer, present, settled } from "./answer.ts";
import { batchContent } from "./batch-content.ts";
import { limit } from "./fields.ts";
import {
  CancelBatchDocument,
  GetBatchDocument,
  ListBatchesDocument,
  ListBatchRecipientsDocument,
  PauseBatchDocument,
  ResumeBatchDocument,
  SendBatchDocument,
} from "./generated/operations.ts";
import type { BatchStateFragment, ListBatchRecipientsQuery } from "./generated/operations.ts";
import { noBatch } from "./missing.ts";
import { instancePath, paged } from "./paged.ts";
import { idempotencyKey } from "./sent.ts";

/** Without `doneAt` it goes on. */
const stateOf = ({ __typename, id, ofInstance, ...state }: BatchStateFragment) =>
  present({ id, instanceId: ofInstance, ...state });

const answerOf = (batch: BatchStateFragment): Answer => ({ status: 200, body: stateOf(batch) });

type Recipient = NonNullable<
  ListBatchRecipientsQuery["batch"]
>["recipients"]["edges"][number]["node"];

/** As a send is answered; with `error` where there is no message or it failed. */
function recipientOf({ index, to, message, error }: Recipient) {
  return present({
    index,
    to,
    messageId: message?.id,
    uid: message?.uid,
    status: message?.status,
    timestamp: message?.timestamp,
    sentTo: message && (message.chat.pn ?? message.chat.id),
    error: error ?? message?.error,
  });
}

const pages = z.strictObject({ limit: limit.optional(), after: z.string().optional() });

/** A name for each value, which GraphQL has as a list. */
const recipient = z.union([
  z.string().transform((to) => ({ to, variables: undefined })),
  z
    .strictObject({ to: z.string(), variables: z.record(z.string(), z.string()).optional() })
    .transform(({ to, variables }) => ({
      to,
      variables: variables && Object.entries(variables).map(([name, value]) => ({ name, value })),
    })),
]);

export const batchAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/batches",
    summary: "Send one content to many people",
    statuses: [202],
    body: z.strictObject({
      content: batchContent,
      recipients: z.array(recipient),
      spacing: z.strictObject({ delayMs: z.int(), jitter: z.number().optional() }).optional(),
      disappearsAfter: z.int().optional(),
      scheduledAt: z.string().optional(),
    }),
    document: SendBatchDocument,
    variables: ({ params: { id: instanceId }, body, headers }) => ({
      input: { ...body, instanceId, idempotencyKey: idempotencyKey(headers) },
    }),
    answer: ({ sendBatch }) =>
      settled(sendBatch, (batch) => ({
        status: 202,
        headers: { location: `/batches/${batch.id}` },
        body: stateOf(batch),
      })),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/batches",
    summary: "The batches of an instance, the latest first",
    query: pages,
    document: ListBatchesDocument,
    variables: ({ params: { id: instanceId }, query: { limit: first, after } }) => ({
      instanceId,
      first,
      after,
    }),
    answer: ({ batches }, { params: { id }, query }) =>
      paged(instancePath(id, "batches"), query, batches, stateOf),
  }),
  alias({
    method: "GET",
    path: "/batches/:id",
    summary: "One batch, and where its recipients are",
    document: GetBatchDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ batch }, { params: { id } }) => (batch ? answerOf(batch) : noBatch(id)),
  }),
  alias({
    method: "GET",
    path: "/batches/:id/recipients",
    summary: "To whom a batch goes, and what became of each message",
    query: pages,
    document: ListBatchRecipientsDocument,
    variables: ({ params: { id }, query: { limit: first, after } }) => ({ id, first, after }),
    answer: ({ batch }, { params: { id }, query }) =>
      batch
        ? paged(
            `/batches/${encodeURIComponent(id)}/recipients`,
            query,
            batch.recipients,
            recipientOf,
          )
        : noBatch(id),
  }),
  alias({
    method: "POST",
    path: "/batches/:id/pause",
    summary: "Put no more messages of a batch into the queue",
    document: PauseBatchDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ pauseBatch }) => settled(pauseBatch, answerOf),
  }),
  alias({
    method: "POST",
    path: "/batches/:id/resume",
    summary: "Let a paused batch go on",
    document: ResumeBatchDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ resumeBatch }) => settled(resumeBatch, answerOf),
  }),
  alias({
    method: "POST",
    path: "/batches/:id/cancel",
    summary: "End a batch, and take back what of it still waits",
    document: CancelBatchDocument,
    variables: ({ params: { id } }) => ({ id }),
    answer: ({ cancelBatch }) => settled(cancelBatch, answerOf),
  }),
];
