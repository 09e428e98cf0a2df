import { useRef, useState } from "react";
import { toast } from "../ui/toast.tsx";
import type { Words } from "../words/words.ts";
import type { Bubble } from "./message.ts";
import { sendFile, sendText, sendVoiceNote } from "./sending.ts";

interface OutboxOptions {
  readonly instanceId: string;
  readonly chatId: string;
  readonly onSent: (message: Bubble) => void;
}

interface Waiting {
  readonly id: number;
  readonly name: string;
}

export interface Outbox {
  /** What is on its way to the gateway. */
  readonly waiting: readonly Waiting[];
  readonly sendText: (text: string, quoted: Bubble | undefined) => void;
  readonly sendFile: (file: File, caption: string, quoted: Bubble | undefined) => void;
  readonly sendVoiceNote: (recording: File, quoted: Bubble | undefined) => void;
}

/** Sends one after the other, so that they arrive in the order in which they were written. */
export function useOutbox(
  words: Words["chat"],
  { instanceId, chatId, onSent }: OutboxOptions,
): Outbox {
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const tail = useRef(Promise.resolve());
  const last = useRef(0);

  function enqueue(name: string, send: () => Promise<Bubble>): void {
    const id = ++last.current;
    setWaiting((known) => [...known, { id, name }]);
    tail.current = tail.current.then(async () => {
      try {
        onSent(await send());
      } catch (error) {
        toast("bad", `${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      setWaiting((known) => known.filter((each) => each.id !== id));
    });
  }
  const to = (quoted: Bubble | undefined) => ({ instanceId, to: chatId, quotedId: quoted?.id });
  return {
    waiting,
    sendText: (text, quoted) => enqueue(text, () => sendText(to(quoted), text)),
    sendFile: (file, caption, quoted) =>
      enqueue(file.name, () => sendFile(to(quoted), file, caption)),
    sendVoiceNote: (recording, quoted) =>
      enqueue(words.voiceNote, () => sendVoiceNote(to(quoted), recording)),
  };
}
