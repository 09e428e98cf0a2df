/** Who may see or do something. */
export type Audience =
  | "EVERYONE"
  | "CONTACTS"
  | "CONTACTS_EXCEPT"
  | "NOBODY"
  | "SAME_AS_LAST_SEEN"
  | "KNOWN";

const SOME_CONTACTS = ["EVERYONE", "CONTACTS", "CONTACTS_EXCEPT", "NOBODY"] as const;

/** What can be chosen for each setting. */
export const PRIVACY_CHOICES = {
  lastSeen: SOME_CONTACTS,
  online: ["EVERYONE", "SAME_AS_LAST_SEEN"],
  picture: SOME_CONTACTS,
  about: SOME_CONTACTS,
  readReceipts: ["EVERYONE", "NOBODY"],
  groupAdd: ["EVERYONE", "CONTACTS", "CONTACTS_EXCEPT"],
  calls: ["EVERYONE", "KNOWN"],
} as const satisfies Readonly<Record<string, readonly Audience[]>>;

export type PrivacySetting = keyof typeof PRIVACY_CHOICES;

export const PRIVACY_SETTINGS = Object.keys(PRIVACY_CHOICES) as readonly PrivacySetting[];

/** Null for what WhatsApp does not say, or says in words that are not known. */
export type Privacy = Readonly<Record<PrivacySetting, Audience | null>>;
