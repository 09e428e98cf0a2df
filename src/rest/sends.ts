import { z } from "zod";
import { alias } from "./alias.ts";
import type { Answer } from "./answer.ts";
import { errorBody, settled } from "./answer.ts";
import { SendFileDocument, SendImageDocument, SendTextDocument } from "./generated/operations.ts";
import type { MediaInput, SentFragment } from "./generated/operations.ts";
import { statusOf } from "./status.ts";

/** A file of a form, known by its shape: the server's class of it need not be this realm's. */
const file = z
  .custom<File>(
    (value) => typeof value === "object" && value !== null && "stream" in value,
    "Is the part of a multipart form",
  )
  .meta({ type: "string", format: "binary" });

const mediaFields = {
  to: z.string(),
  url: z.string().optional(),
  base64: z.string().optional(),
  file: file.optional(),
  caption: z.string().optional(),
  scheduledAt: z.string().optional(),
};

interface Source {
  readonly url?: string | undefined;
  readonly base64?: string | undefined;
  readonly file?: File | undefined;
}

const ONE_SOURCE = "Give exactly one of `url` and `base64`, or a `file` as multipart/form-data";

/** The one source there is, as GraphQL's input takes it. */
function mediaInput({ url, base64, file: upload }: Source): MediaInput | undefined {
  const given: readonly MediaInput[] = [
    ...(url === undefined ? [] : [{ url }]),
    ...(base64 === undefined ? [] : [{ base64 }]),
    ...(upload === undefined ? [] : [{ upload }]),
  ];
  return given.length === 1 ? given[0] : undefined;
}

/** Takes the three apart from what else a media body says. */
function withMedia<T extends Source>(body: T, context: z.core.$RefinementCtx) {
  const media = mediaInput(body);
  if (media) return { ...body, media };
  context.addIssue(ONE_SOURCE);
  return z.NEVER;
}

/** 202 when the wait was over first: the message is stored and will be sent. */
function sent(message: SentFragment): Answer {
  const { id: messageId, status, timestamp, chat, error } = message;
  if (status === "FAILED" && error) {
    const { code, message: words, whatsappCode } = error;
    const body = errorBody(code, words, { whatsappCode, messageId });
    return { status: statusOf(code) ?? 422, body };
  }
  const waits = status === "QUEUED" || status === "SENDING";
  const body = { messageId, status, timestamp, to: chat.pn ?? chat.id };
  return { status: waits ? 202 : 200, body, headers: rateLimit(message) };
}

/** What is left of the account's pace, in the headers of the IETF's draft on rate limits; nothing without pacing. */
function rateLimit({ pacing }: SentFragment): Record<string, string> {
  if (!pacing) return {};
  return {
    "ratelimit-limit": String(pacing.burst),
    "ratelimit-remaining": String(pacing.remaining),
    "ratelimit-reset": String(Math.ceil(pacing.nextInMs / 1_000)),
  };
}

const idempotencyKey = (headers: Headers) => headers.get("idempotency-key");

export const sendAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/sendMessage",
    summary: "Send a text message",
    statuses: [200, 202],
    body: z.strictObject({
      to: z.string(),
      message: z.string(),
      scheduledAt: z.string().optional(),
    }),
    document: SendTextDocument,
    variables: ({ params, body: { to, message, scheduledAt }, headers }) => ({
      input: {
        instanceId: params.id,
        to,
        text: message,
        scheduledAt,
        idempotencyKey: idempotencyKey(headers),
      },
    }),
    answer: ({ sendText }) => settled(sendText, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendImage",
    summary: "Send a picture by URL, base64 or upload",
    statuses: [200, 202],
    multipart: true,
    body: z.strictObject(mediaFields).transform(withMedia),
    document: SendImageDocument,
    variables: ({ params, body, headers }) => ({
      input: {
        instanceId: params.id,
        to: body.to,
        media: body.media,
        caption: body.caption,
        scheduledAt: body.scheduledAt,
        idempotencyKey: idempotencyKey(headers),
      },
    }),
    answer: ({ sendImage }) => settled(sendImage, sent),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/sendFile",
    summary: "Send a file by URL, base64 or upload",
    statuses: [200, 202],
    multipart: true,
    body: z
      .strictObject({
        ...mediaFields,
        fileName: z.string().optional(),
        mimetype: z.string().optional(),
      })
      .transform(withMedia),
    document: SendFileDocument,
    variables: ({ params, body, headers }) => ({
      input: {
        instanceId: params.id,
        to: body.to,
        media: body.media,
        caption: body.caption,
        scheduledAt: body.scheduledAt,
        fileName: body.fileName,
        mimetype: body.mimetype,
        idempotencyKey: idempotencyKey(headers),
      },
    }),
    answer: ({ sendFile }) => settled(sendFile, sent),
  }),
];
