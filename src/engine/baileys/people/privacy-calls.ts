import { PN_SERVER } from "../../../domain/address.ts";
import {
  type Audience,
  type Privacy,
  PRIVACY_SETTINGS,
  type PrivacySetting,
} from "../../../domain/privacy.ts";
import type { PeopleCalls } from "../../people-calls.ts";
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from "../library.ts";
import { askerOf } from "./ask.ts";
import type { During } from "./during.ts";

/** WhatsApp's words. */
const NAMES = {
  lastSeen: "last",
  online: "online",
  picture: "profile",
  about: "status",
  readReceipts: "readreceipts",
  groupAdd: "groupadd",
  calls: "calladd",
} as const satisfies Readonly<Record<PrivacySetting, string>>;

const VALUES = {
  EVERYONE: "all",
  CONTACTS: "contacts",
  CONTACTS_EXCEPT: "contact_blacklist",
  NOBODY: "none",
  SAME_AS_LAST_SEEN: "match_last_seen",
  KNOWN: "known",
} as const satisfies Readonly<Record<Audience, string>>;

const AUDIENCES: ReadonlyMap<string | undefined, Audience> = new Map(
  Object.entries(VALUES).map(([audience, value]) => [value, audience as Audience]),
);

export function privacyCalls(during: During): Pick<PeopleCalls, "privacy" | "setPrivacy"> {
  return {
    privacy: () =>
      during(async (socket) => {
        const asked = { tag: "privacy", attrs: {} };
        return privacyIn(await askerOf(socket)(privacyQuery("get", asked)));
      }),
    setPrivacy: (setting, audience) =>
      during(async (socket) => {
        const attrs = { name: NAMES[setting], value: VALUES[audience] };
        const content = [{ tag: "category", attrs }];
        await askerOf(socket)(privacyQuery("set", { tag: "privacy", attrs: {}, content }));
        // Baileys remembers it for the receipts that it sends.
        if (setting === "readReceipts") await socket.fetchPrivacySettings(true);
      }),
  };
}

function privacyQuery(type: "get" | "set", content: BinaryNode): BinaryNode {
  return { tag: "iq", attrs: { to: PN_SERVER, type, xmlns: "privacy" }, content: [content] };
}

function privacyIn(answer: BinaryNode): Privacy {
  const categories = getBinaryNodeChildren(getBinaryNodeChild(answer, "privacy"), "category");
  const values = new Map(categories.map(({ attrs }) => [attrs["name"], attrs["value"]]));
  const told = PRIVACY_SETTINGS.map((setting) => [
    setting,
    AUDIENCES.get(values.get(NAMES[setting])) ?? null,
  ]);
  return Object.fromEntries(told) as Privacy;
}
