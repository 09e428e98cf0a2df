import type { Audience, Privacy, PrivacySetting } from "../../domain/privacy.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";
import { ACCOUNT_ERRORS } from "./people-errors.ts";
import { resultType } from "../result.ts";

const AudienceType = builder.enumType("PrivacyAudience", {
  description: "Who may see or do something.",
  values: described<Audience>({
    EVERYONE: "Everybody.",
    CONTACTS: "Those whom the account has in its address book.",
    CONTACTS_EXCEPT: "Those, without some that were chosen on the phone.",
    NOBODY: "Nobody.",
    SAME_AS_LAST_SEEN: "Whoever may see when the account was last seen.",
    KNOWN: "Those whom the account knows.",
  }),
});

const DESCRIPTIONS: Readonly<Record<PrivacySetting, string>> = {
  lastSeen: "Who sees when the account was last online.",
  online: "Who sees that it is online: EVERYONE or SAME_AS_LAST_SEEN.",
  picture: "Who sees its picture.",
  about: "Who sees what it says about itself.",
  readReceipts:
    "Who is told that it has read something: EVERYONE or NOBODY. In groups everybody is, always.",
  groupAdd: "Who may add it to groups: not NOBODY.",
  calls: "Who may call it: EVERYONE or KNOWN.",
};

const PrivacyType = builder.objectRef<Privacy>("Privacy").implement({
  description: "Who may see and do what. Null for what WhatsApp does not say.",
  fields: (t) => {
    const setting = (name: PrivacySetting) =>
      t.field({
        type: AudienceType,
        nullable: true,
        description: DESCRIPTIONS[name],
        resolve: (privacy) => privacy[name],
      });
    return {
      lastSeen: setting("lastSeen"),
      online: setting("online"),
      picture: setting("picture"),
      about: setting("about"),
      readReceipts: setting("readReceipts"),
      groupAdd: setting("groupAdd"),
      calls: setting("calls"),
    };
  },
});

const UpdatePrivacyInput = builder.inputType("UpdatePrivacyInput", {
  description: "What to change. What is left out, or null, stays as it is.",
  fields: (t) => {
    const setting = (name: PrivacySetting) =>
      t.field({ type: AudienceType, description: DESCRIPTIONS[name] });
    return {
      instanceId: t.id({ required: true, description: "Which account." }),
      lastSeen: setting("lastSeen"),
      online: setting("online"),
      picture: setting("picture"),
      about: setting("about"),
      readReceipts: setting("readReceipts"),
      groupAdd: setting("groupAdd"),
      calls: setting("calls"),
    };
  },
});

const UpdatePrivacyResult = resultType("UpdatePrivacyResult", {
  description: "The settings as they are now, or why WhatsApp did not change them.",
  success: [PrivacyType],
  errors: ACCOUNT_ERRORS,
});

builder.queryField("privacy", (t) =>
  t.field({
    authScopes: { may: "instances:read" },
    type: PrivacyType,
    description: "The privacy settings of an account, asked of WhatsApp.",
    args: { instanceId: t.arg.id({ required: true, description: "Which account." }) },
    resolve: (_, { instanceId }, { people }) => people.privacy(instanceId),
  }),
);

builder.mutationField("updatePrivacy", (t) =>
  t.field({
    authScopes: { may: "instances:write" },
    type: UpdatePrivacyResult.type,
    description:
      "Changes privacy settings: one after the other. If WhatsApp refuses one, those before it are changed.",
    args: { input: t.arg({ type: UpdatePrivacyInput, required: true }) },
    resolve: (_, { input: { instanceId, ...change } }, { people }) =>
      UpdatePrivacyResult.settle(() => people.changePrivacy(instanceId, change)),
  }),
);
