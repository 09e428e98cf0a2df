import type { About } from "../../domain/profile.ts";
import { builder } from "../builder.ts";
import { ACCOUNT_ERRORS } from "./people-errors.ts";
import { fileOf } from "../messages/media-source.ts";
import { resultType } from "../result.ts";
import { MediaInput } from "../messages/send-media-input.ts";

interface ContactPicture {
  readonly url: string;
}

const ContactPictureType = builder.objectRef<ContactPicture>("ContactPicture").implement({
  description: "The picture of a person or a group.",
  fields: (t) => ({
    url: t.exposeString("url", {
      description:
        "Where WhatsApp serves it, for some days. Fetch it rather than keep the address.",
    }),
  }),
});

const ContactAboutType = builder.objectRef<About>("ContactAbout").implement({
  description: "What somebody says about themselves.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "The words." }),
    since: t.expose("since", {
      type: "DateTime",
      nullable: true,
      description: "Since when they stand there, where WhatsApp says so.",
    }),
  }),
});

const ASKING = "The account that asks.";

builder.queryFields((t) => ({
  contactPicture: t.field({
    authScopes: { may: "contacts" },
    type: ContactPictureType,
    nullable: true,
    description:
      "The picture of a person or a group. Null for who has none, or does not show it to the account.",
    args: {
      instanceId: t.arg.id({ required: true, description: ASKING }),
      contact: t.arg.string({ required: true, description: "A phone number or a JID." }),
      preview: t.arg.boolean({ description: "Only a small one, of 96 pixels." }),
    },
    resolve: async (_, { instanceId, contact, preview }, { people }) => {
      const url = await people.picture(instanceId, contact, preview ?? false);
      return url === null ? null : { url };
    },
  }),
  contactAbout: t.field({
    authScopes: { may: "contacts" },
    type: ContactAboutType,
    nullable: true,
    description:
      "What somebody says about themselves. Null for who says nothing, or does not show it to the account.",
    args: {
      instanceId: t.arg.id({ required: true, description: ASKING }),
      contact: t.arg.string({ required: true, description: "A phone number or a JID." }),
    },
    resolve: (_, { instanceId, contact }, { people }) => people.about(instanceId, contact),
  }),
}));

interface ChangedProfile {
  readonly name: string | null;
  readonly about: string | null;
  readonly hasPicture: boolean | null;
}

const ChangedProfileType = builder.objectRef<ChangedProfile>("ChangedProfile").implement({
  description: "What has changed about how an account shows itself.",
  fields: (t) => ({
    name: t.exposeString("name", {
      nullable: true,
      description: "What it calls itself. Null when that has not changed.",
    }),
    about: t.exposeString("about", {
      nullable: true,
      description: "What it says about itself. Null when that has not changed.",
    }),
    hasPicture: t.exposeBoolean("hasPicture", {
      nullable: true,
      description: "Whether it has a picture now. Null when that has not changed.",
    }),
  }),
});

const SetProfileAboutResult = resultType("SetProfileAboutResult", {
  description: "What the account says about itself now.",
  success: [ChangedProfileType],
  errors: ACCOUNT_ERRORS,
});

const SetProfileNameResult = resultType("SetProfileNameResult", {
  description: "What the account calls itself now, or why it does not.",
  success: [ChangedProfileType],
  errors: [...ACCOUNT_ERRORS, "CONFLICT"],
});

const SetProfileNameInput = builder.inputType("SetProfileNameInput", {
  description: "What an account is to call itself.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Which account." }),
    name: t.string({ required: true, description: "1 to 25 characters." }),
  }),
});

const SetProfilePictureResult = resultType("SetProfilePictureResult", {
  description: "The account with its new picture, or why it has none.",
  success: [ChangedProfileType],
  errors: [
    ...ACCOUNT_ERRORS,
    "INVALID_ADDRESS",
    "MESSAGE_NOT_FOUND",
    "MEDIA_UNREACHABLE",
    "MEDIA_GONE",
    "MEDIA_TOO_LARGE",
    "MEDIA_INVALID",
  ],
});

const RemoveProfilePictureResult = resultType("RemoveProfilePictureResult", {
  description: "The account without a picture.",
  success: [ChangedProfileType],
  errors: ACCOUNT_ERRORS,
});

const SetProfileAboutInput = builder.inputType("SetProfileAboutInput", {
  description: "What an account is to say about itself.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Which account." }),
    about: t.string({ required: true, description: "Up to 139 characters; empty for nothing." }),
  }),
});

const SetProfilePictureInput = builder.inputType("SetProfilePictureInput", {
  description: "The picture that an account is to show.",
  fields: (t) => ({
    instanceId: t.id({ required: true, description: "Which account." }),
    media: t.field({
      type: MediaInput,
      required: true,
      description: "A JPEG, PNG or WebP image; its middle is taken, as pictures are square.",
    }),
  }),
});

builder.mutationFields((t) => ({
  setProfileAbout: t.field({
    authScopes: { may: "instances:write" },
    type: SetProfileAboutResult.type,
    description: "Changes what an account says about itself.",
    args: { input: t.arg({ type: SetProfileAboutInput, required: true }) },
    resolve: (_, { input: { instanceId, about } }, { people }) =>
      SetProfileAboutResult.settle(async () => {
        await people.setAbout(instanceId, about);
        return { name: null, about, hasPicture: null };
      }),
  }),
  setProfileName: t.field({
    authScopes: { may: "instances:write" },
    type: SetProfileNameResult.type,
    description:
      "Has an account call itself differently, on all its devices. People see it with its next message.",
    args: { input: t.arg({ type: SetProfileNameInput, required: true }) },
    resolve: (_, { input: { instanceId, name } }, { people }) =>
      SetProfileNameResult.settle(async () => {
        return { name: await people.setName(instanceId, name), about: null, hasPicture: null };
      }),
  }),
  setProfilePicture: t.field({
    authScopes: { may: "instances:write" },
    type: SetProfilePictureResult.type,
    description: "Gives an account a picture.",
    args: { input: t.arg({ type: SetProfilePictureInput, required: true }) },
    resolve: (_, { input: { instanceId, media } }, context) =>
      SetProfilePictureResult.settle(async () => {
        await context.people.setPicture(instanceId, await fileOf(media, context));
        return { name: null, about: null, hasPicture: true };
      }),
  }),
  removeProfilePicture: t.field({
    authScopes: { may: "instances:write" },
    type: RemoveProfilePictureResult.type,
    description: "Takes the picture of an account away.",
    args: { instanceId: t.arg.id({ required: true }) },
    resolve: (_, { instanceId }, { people }) =>
      RemoveProfilePictureResult.settle(async () => {
        await people.setPicture(instanceId, null);
        return { name: null, about: null, hasPicture: false };
      }),
  }),
}));
