import type { Availability, Presence, Typing } from "../../domain/presence.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

export const PresenceType = builder.enumType("Presence", {
  description: "What somebody does at this moment.",
  values: described<Presence>({
    AVAILABLE: "They have WhatsApp open.",
    UNAVAILABLE: "They do not have it open.",
    COMPOSING: "They type.",
    RECORDING: "They record a voice note.",
    PAUSED: "They have stopped to type or record.",
  }),
});

export const AvailabilityType = builder.enumType("Availability", {
  description: "Whether an account is shown as online.",
  values: described<Availability>({
    AVAILABLE: "It is. Its phone may stop to notify its owner meanwhile.",
    UNAVAILABLE: "It is not.",
  }),
});

export const TypingType = builder.enumType("Typing", {
  description: "What is shown to the others in a chat.",
  values: described<Typing>({
    COMPOSING: "The account types.",
    RECORDING: "It records a voice note.",
    PAUSED: "It has stopped to type or record.",
  }),
});
