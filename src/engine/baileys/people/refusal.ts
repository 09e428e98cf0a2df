import { refused } from "../asking/refusal.ts";

/** What WhatsApp refused about people, as an error for the caller. What is no refusal is left as it is. */
export const refusalOf = (error: unknown): unknown => refused(error, "people");
