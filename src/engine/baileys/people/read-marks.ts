import type { PeopleCalls } from "../../people-calls.ts";
import type { WASocket } from "../library.ts";
import type { During } from "./during.ts";

/** WhatsApp's server takes receipts without a word. */
export function readMarkCalls(during: During): Pick<PeopleCalls, "mark"> {
  return {
    mark: ({ chat, sender, ids, mark }) =>
      during(async (socket) => {
        const type = mark === "PLAYED" ? "played" : await readType(socket);
        await socket.sendReceipt(chat, sender ?? undefined, [...ids], type);
      }),
  };
}

/** Who hides what they read tells their own devices only. */
async function readType(socket: WASocket): Promise<"read" | "read-self"> {
  const { readreceipts } = await socket.fetchPrivacySettings();
  return readreceipts === "all" ? "read" : "read-self";
}
