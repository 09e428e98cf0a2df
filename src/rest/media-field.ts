import { z } from "zod";
import { file } from "./fields.ts";
import type { MediaInput } from "./generated/operations.ts";

export const mediaFields = {
  url: z.string().optional(),
  base64: z.string().optional(),
  messageUid: z.string().optional(),
  file: file.optional(),
};

interface Source {
  readonly url?: string | undefined;
  readonly base64?: string | undefined;
  readonly messageUid?: string | undefined;
  readonly file?: File | undefined;
}

const ONE_SOURCE =
  "Give exactly one of `url`, `base64` and `messageUid`, or a `file` as multipart/form-data";

/** The one source there is, as GraphQL's input takes it. */
function mediaInput({ url, base64, messageUid, file: upload }: Source): MediaInput | undefined {
  const given: readonly MediaInput[] = [
    ...(url === undefined ? [] : [{ url }]),
    ...(base64 === undefined ? [] : [{ base64 }]),
    ...(messageUid === undefined ? [] : [{ messageUid }]),
    ...(upload === undefined ? [] : [{ upload }]),
  ];
  return given.length === 1 ? given[0] : undefined;
}

/** Takes the sources apart from what else a media body says. */
export function withMedia<T extends Source>(
  { url, base64, messageUid, file: upload, ...rest }: T,
  context: z.core.$RefinementCtx,
) {
  const media = mediaInput({ url, base64, messageUid, file: upload });
  if (media) return { ...rest, media };
  context.addIssue(ONE_SOURCE);
  return z.NEVER;
}
