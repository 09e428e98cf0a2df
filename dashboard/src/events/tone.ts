import type { Tone } from "../ui/badge.tsx";

/** What went wrong is seen at a glance; the rest is told apart by its family. */
export function toneOf(type: string): Tone {
  switch (type) {
    case "connection.open":
      return "good";
    case "connection.close":
    case "qr.update":
    case "pairing.code":
      return "warn";
    case "message.failed":
    case "message.undecryptable":
    case "instance.restricted":
    case "webhook.disabled":
      return "bad";
    case "message.received":
    case "message.sent":
      return "info";
    default:
      return "calm";
  }
}
