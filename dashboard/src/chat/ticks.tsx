import type { MessageStatus } from "../api/generated/operations.ts";
import { useWords } from "../words/words.ts";

const ONE = "M3.5 10.5l3.5 3.5 7-8";
const TWO = `M1.5 10.5L5 14l7-8M10 13.8l.4.2 7-8`;

const LOOKS: Readonly<Record<MessageStatus, readonly [path: string, colour: string]>> = {
  QUEUED: ["M10 5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M10 7.5v3l2 1.2", ""],
  SENDING: ["M10 5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M10 7.5v3l2 1.2", ""],
  SERVER_ACK: [ONE, ""],
  DELIVERED: [TWO, ""],
  READ: [TWO, "text-accent-ink"],
  PLAYED: [TWO, "text-accent-ink"],
  FAILED: ["M10 5v6M10 14.5h.01", "text-bad"],
  EXPIRED: ["M10 5v6M10 14.5h.01", "text-bad"],
  CANCELLED: ["M5.5 5.5l9 9M14.5 5.5l-9 9", ""],
};

/** How far a message has come, as phones show it, and in words for those who hear it. */
export function Ticks({ status }: { readonly status: MessageStatus | null }) {
  const words = useWords();
  if (status === null) return null;
  const [path, colour] = LOOKS[status];
  return (
    <span className={`inline-flex shrink-0 ${colour}`} title={words.messageStatus[status]}>
      <svg
        viewBox="0 0 20 20"
        width="16"
        height="16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={path} />
      </svg>
      <span className="sr-only">{words.messageStatus[status]}</span>
    </span>
  );
}
