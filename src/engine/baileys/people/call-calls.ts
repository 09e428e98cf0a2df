import type { News } from "../../engine.ts";
import type { PeopleCalls } from "../../people-calls.ts";
import { askerOf } from "./ask.ts";
import type { During } from "./during.ts";
import type { Ringing } from "./ringing.ts";

/**
 * Refuses calls as Baileys does, but for a caller's device, which it would drop.
 * @param report tells what was refused here, which WhatsApp tells other devices only
 */
export function callCalls(
  during: During,
  ringing: Ringing,
  report: (news: News) => Promise<void> | void,
): Pick<PeopleCalls, "rejectCall"> {
  return {
    async rejectCall(id) {
      const { call, creator } = ringing.get(id);
      await during(async (socket) => {
        const attrs = { "call-id": id, "call-creator": creator, count: "0" };
        await askerOf(socket)({
          tag: "call",
          attrs: { from: socket.authState.creds.me?.id ?? "", to: creator },
          content: [{ tag: "reject", attrs }],
        });
      });
      ringing.forget(id);
      const rejected = { ...call, isVideo: null, status: "REJECTED" } as const;
      const event = { type: "call", call: rejected } as const;
      await report({ kind: "news", event, at: new Date(), whileOffline: false, stanza: null });
      return rejected;
    },
  };
}
