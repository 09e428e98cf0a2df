import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { SendFileDocument, SendImageDocument, SendTextDocument } from "./generated/operations.ts";
import type { MediaInput } from "./generated/operations.ts";
import { idempotencyKey, sent } from "./sent.ts";

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

export const sendAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/sendMessage",
    summary: "Send a text message",
    statuses: [200, 202],
    body: z.strictObject({
      to: z.string(),
      message: z.string(),
      mentions: z.array(z.string()).optional(),
      scheduledAt: z.string().optional(),
    }),
    document: SendTextDocument,
    variables: ({ params, body: { to, message, mentions, scheduledAt }, headers }) => ({
      input: {
        instanceId: params.id,
        to,
        text: message,
        mentions,
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
