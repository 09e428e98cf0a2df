import { QueryIds } from "../library.ts";
import type { MexQuery } from "./ask.ts";

/** What is asked and changed about channels, under the numbers that WhatsApp's web client uses. */
export const QUERIES = {
  metadata: { id: QueryIds.METADATA, answers: ["xwa2_newsletter"] },
  // Baileys does not ask for these.
  followed: { id: "6388546374527196", answers: ["xwa2_newsletter_subscribed"] },
  // WhatsApp has come to answer as it tells of a channel that was followed.
  create: {
    id: QueryIds.CREATE,
    answers: ["xwa2_newsletter_create", "xwa2_notify_newsletter_on_join"],
  },
  update: { id: QueryIds.UPDATE_METADATA, answers: ["xwa2_newsletter_update"] },
  follow: { id: QueryIds.FOLLOW, answers: ["xwa2_newsletter_join_v2"] },
  unfollow: { id: QueryIds.UNFOLLOW, answers: ["xwa2_newsletter_leave_v2"] },
  mute: { id: QueryIds.MUTE, answers: ["xwa2_newsletter_mute_v2"] },
  unmute: { id: QueryIds.UNMUTE, answers: ["xwa2_newsletter_unmute_v2"] },
  delete: { id: QueryIds.DELETE, answers: ["xwa2_newsletter_delete_v2"] },
} as const satisfies Readonly<Record<string, MexQuery>>;
