import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { RemoveGroupPictureDocument, SetGroupPictureDocument } from "./generated/operations.ts";
import { mediaFields, withMedia } from "./media-field.ts";

export const groupPictureAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/groups/:groupId/picture",
    summary: "Give a group a picture",
    statuses: [204],
    multipart: true,
    body: z.strictObject(mediaFields).transform(withMedia),
    document: SetGroupPictureDocument,
    variables: ({ params, body: { media } }) => ({
      input: { instanceId: params.id, groupId: params.groupId, media },
    }),
    answer: ({ setGroupPicture }) => settled(setGroupPicture, () => ({ status: 204 })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/groups/:groupId/picture",
    summary: "Take the picture of a group away",
    statuses: [204],
    document: RemoveGroupPictureDocument,
    variables: ({ params }) => ({ instanceId: params.id, groupId: params.groupId }),
    answer: ({ removeGroupPicture }) => settled(removeGroupPicture, () => ({ status: 204 })),
  }),
];
