import { isLid } from "../../../domain/address.ts";
import { GatewayError } from "../../../domain/errors.ts";
import type { Typing } from "../../../domain/presence.ts";
import type { PeopleCalls } from "../../people-calls.ts";
import type { During } from "./during.ts";

type PresenceCalls = Pick<PeopleCalls, "setAvailability" | "showTyping" | "watchPresence">;

const WORDS = {
  COMPOSING: "composing",
  RECORDING: "recording",
  PAUSED: "paused",
} as const satisfies Record<Typing, string>;

/** WhatsApp answers none of these. */
export function presenceCalls(during: During): PresenceCalls {
  return {
    setAvailability: (availability) =>
      during(async (socket) => {
        // Baileys would do nothing at all, and say nothing.
        if (availability === "AVAILABLE" && !socket.authState.creds.me?.name) throw nameless();
        await socket.sendPresenceUpdate(availability === "AVAILABLE" ? "available" : "unavailable");
      }),
    showTyping: (chat, typing) =>
      during(async (socket) => {
        if (isLid(chat) && !socket.authState.creds.me?.lid) throw lidless();
        await socket.sendPresenceUpdate(WORDS[typing], chat);
      }),
    watchPresence: (contact) => during((socket) => socket.presenceSubscribe(contact)),
  };
}

function nameless(): GatewayError {
  return new GatewayError(
    "UNAVAILABLE",
    "WhatsApp shows nobody as online who has no name, and has not told the account's yet. It is learned as soon as the account's phone sends something.",
  );
}

function lidless(): GatewayError {
  return new GatewayError("UNAVAILABLE", "WhatsApp has not told the account's LID yet. Try again.");
}
