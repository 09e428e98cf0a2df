import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { SendAlbumDocument } from "./generated/operations.ts";
import { withMedia } from "./media-field.ts";
import { sendFields, sendInput } from "./send-input.ts";

const WAITING: ReadonlySet<string | null | undefined> = new Set(["QUEUED", "SENDING"]);

const item = z
  .strictObject({
    kind: z.enum(["IMAGE", "VIDEO"]),
    url: z.string().optional(),
    base64: z.string().optional(),
    messageUid: z.string().optional(),
    caption: z.string().optional(),
  })
  .transform(withMedia);

export const albumSendAlias = alias({
  method: "POST",
  path: "/instances/:id/sendAlbum",
  summary: "Send pictures and videos that phones show together, by URL or base64",
  statuses: [200, 202],
  body: z.strictObject({ ...sendFields, items: z.array(item) }),
  document: SendAlbumDocument,
  variables: ({ params, body, headers }) => ({ input: sendInput(params.id, body, headers) }),
  answer: ({ sendAlbum }) =>
    settled(sendAlbum, ({ album, items }) => {
      const { id: messageId, status, timestamp, chat } = album;
      const told = items.map(({ id, ...part }) => ({ messageId: id, ...part }));
      const body = { messageId, status, timestamp, to: chat.pn ?? chat.id, items: told };
      const waits = [album, ...items].some((each) => WAITING.has(each.status));
      return { status: waits ? 202 : 200, body };
    }),
});
