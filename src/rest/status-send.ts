import { z } from "zod";
import { STATUS_FONTS } from "../domain/content.ts";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { list } from "./fields.ts";
import { SendStatusDocument } from "./generated/operations.ts";
import { mediaFields, withMedia } from "./media-field.ts";
import { sendInput } from "./send-input.ts";
import { sent } from "./sent.ts";

const fields = {
  /** Numbers or JIDs, or `everybody` whom the account knows. */
  audience: z.union([z.literal("everybody"), z.array(z.string()), list]),
  scheduledAt: z.string().optional(),
};

const text = z
  .strictObject({
    ...fields,
    kind: z.literal("TEXT"),
    message: z.string(),
    backgroundColor: z.string().optional(),
    font: z.enum(STATUS_FONTS).optional(),
  })
  .transform(({ kind: _, message, backgroundColor, font, ...rest }) => ({
    ...rest,
    content: { text: { text: message, backgroundColor, font } },
  }));

const file = z
  .strictObject({
    ...fields,
    ...mediaFields,
    kind: z.enum(["IMAGE", "VIDEO", "VOICE"]),
    caption: z.string().optional(),
  })
  .transform(withMedia)
  .transform(({ kind, media, caption, ...rest }) => {
    const shown = { media, caption };
    const content =
      kind === "IMAGE" ? { image: shown } : kind === "VIDEO" ? { video: shown } : { voice: media };
    return { ...rest, content };
  });

export const statusSendAlias = alias({
  method: "POST",
  path: "/instances/:id/sendStatus",
  summary: "Post a status: a text, or a picture, video or voice by URL, base64 or upload",
  statuses: [200, 202],
  multipart: true,
  body: z.union([text, file]),
  document: SendStatusDocument,
  variables: ({ params, body: { audience, ...body }, headers }) => ({
    input: {
      ...sendInput(params.id, body, headers),
      audience: audience === "everybody" ? { everybody: true } : { contacts: audience },
    },
  }),
  answer: ({ sendStatus }) => settled(sendStatus, sent),
});
