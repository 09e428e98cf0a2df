import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import {
  GetContactAboutDocument,
  GetContactPictureDocument,
  GetPrivacyDocument,
  RemoveProfilePictureDocument,
  SetProfileAboutDocument,
  SetProfileNameDocument,
  SetProfilePictureDocument,
  UpdatePrivacyDocument,
} from "./generated/operations.ts";
import { mediaFields, withMedia } from "./media-field.ts";

const contacts = ["EVERYONE", "CONTACTS", "CONTACTS_EXCEPT", "NOBODY"] as const;

export const profileAliases = [
  alias({
    method: "GET",
    path: "/instances/:id/contacts/:contactId/picture",
    summary: "The address of somebody's picture, or a group's; null where none is shown",
    query: z.strictObject({ preview: z.stringbool().optional() }),
    document: GetContactPictureDocument,
    variables: ({ params, query }) => ({
      instanceId: params.id,
      contact: params.contactId,
      preview: query.preview,
    }),
    answer: ({ contactPicture }) => ({ status: 200, body: { url: contactPicture?.url ?? null } }),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/contacts/:contactId/about",
    summary: "What somebody says about themselves; null where nothing is shown",
    document: GetContactAboutDocument,
    variables: ({ params }) => ({ instanceId: params.id, contact: params.contactId }),
    answer: ({ contactAbout }) => ({
      status: 200,
      body: { about: contactAbout?.text ?? null, since: contactAbout?.since ?? null },
    }),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/profile/name",
    summary: "Change what the account calls itself",
    body: z.strictObject({ name: z.string() }),
    document: SetProfileNameDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ setProfileName }) =>
      settled(setProfileName, ({ name }) => ({ status: 200, body: { name } })),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/profile",
    summary: "Change what the account says about itself",
    body: z.strictObject({ about: z.string() }),
    document: SetProfileAboutDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ setProfileAbout }) =>
      settled(setProfileAbout, ({ about }) => ({ status: 200, body: { about } })),
  }),
  alias({
    method: "POST",
    path: "/instances/:id/profile/picture",
    summary: "Give the account a picture",
    statuses: [204],
    multipart: true,
    body: z.strictObject(mediaFields).transform(withMedia),
    document: SetProfilePictureDocument,
    variables: ({ params, body: { media } }) => ({ input: { instanceId: params.id, media } }),
    answer: ({ setProfilePicture }) => settled(setProfilePicture, () => ({ status: 204 })),
  }),
  alias({
    method: "DELETE",
    path: "/instances/:id/profile/picture",
    summary: "Take the picture of the account away",
    statuses: [204],
    document: RemoveProfilePictureDocument,
    variables: ({ params }) => ({ instanceId: params.id }),
    answer: ({ removeProfilePicture }) => settled(removeProfilePicture, () => ({ status: 204 })),
  }),
  alias({
    method: "GET",
    path: "/instances/:id/privacy",
    summary: "Who may see and do what",
    document: GetPrivacyDocument,
    variables: ({ params }) => ({ instanceId: params.id }),
    answer: ({ privacy }) => ({ status: 200, body: privacy }),
  }),
  alias({
    method: "PATCH",
    path: "/instances/:id/privacy",
    summary: "Change who may see and do what",
    body: z.strictObject({
      lastSeen: z.enum(contacts).optional(),
      online: z.enum(["EVERYONE", "SAME_AS_LAST_SEEN"]).optional(),
      picture: z.enum(contacts).optional(),
      about: z.enum(contacts).optional(),
      readReceipts: z.enum(["EVERYONE", "NOBODY"]).optional(),
      groupAdd: z.enum(["EVERYONE", "CONTACTS", "CONTACTS_EXCEPT"]).optional(),
      calls: z.enum(["EVERYONE", "KNOWN"]).optional(),
    }),
    document: UpdatePrivacyDocument,
    variables: ({ params, body }) => ({ input: { instanceId: params.id, ...body } }),
    answer: ({ updatePrivacy }) =>
      settled(updatePrivacy, ({ __typename, ...privacy }) => ({ status: 200, body: privacy })),
  }),
];
