import { useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import type { Bubble } from "./message.ts";
import { react } from "./sending.ts";

/** Those that phones offer first. */
const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

interface ReactProps {
  readonly message: Bubble;
  readonly onReacted: () => void;
}

/** Offers the usual emoji for a message. */
export function React({ message, onReacted }: ReactProps) {
  const words = useWords().chat;
  const [isOpen, setOpen] = useState(false);
  const { busy, run } = useDoing();
  return (
    <span className="inline-flex flex-wrap items-center">
      <IconButton
        icon="smile"
        label={words.react}
        aria-expanded={isOpen}
        onClick={() => setOpen((known) => !known)}
      />
      {isOpen &&
        EMOJI.map((emoji) => (
          <button
            key={emoji}
            type="button"
            aria-label={`${words.react} ${emoji}`}
            disabled={busy}
            className="size-8 rounded-lg text-lg hover:bg-raised"
            onClick={() =>
              void run(() => react(message, emoji)).then(() => {
                setOpen(false);
                onReacted();
              })
            }
          >
            {emoji}
          </button>
        ))}
    </span>
  );
}
