import { useEffect, useRef, useState } from "react";
import { usePolled } from "../api/use-polled.ts";
import { useInstances } from "../instances/use-instances.ts";
import { IconButton } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { Clock } from "../ui/time.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import type { Phone, Received } from "./simulator.ts";
import { LOOK_EVERY_MS, received, write } from "./simulator.ts";
import type { Written } from "./written.ts";
import { note, useWritten } from "./written.ts";

/** A phone in the hand: its chat with one of the gateway's accounts, in which it reads and writes. */
export function Handset({ phone: { phone, name } }: { readonly phone: Phone }) {
  const words = useWords();
  const { list = [] } = useInstances();
  const others = list.filter(({ phoneNumber }) => phoneNumber !== null && phoneNumber !== phone);
  const [chosen, setChosen] = useState<string>();
  const to = chosen ?? others[0]?.phoneNumber ?? undefined;
  const { data = [], again } = usePolled(phone, LOOK_EVERY_MS, () => received(phone));
  const written = useWritten(phone);
  const [text, setText] = useState("");
  const { busy, run } = useDoing();
  const lines = linesOf(data, written, to);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [lines.length]);

  async function send(): Promise<void> {
    if (to === undefined || text.trim() === "") return;
    const { id } = await write(phone, to, text);
    note(phone, { id, chat: to, text, at: Date.now() });
    setText("");
    again();
  }

  return (
    <section
      aria-label={words.phones.phoneOf(name)}
      className="mx-auto flex h-[36rem] w-full max-w-md flex-col overflow-hidden rounded-[2rem] border-8 border-edge bg-canvas"
    >
      <header className="flex items-center gap-3 border-b border-line bg-surface px-4 py-3">
        <h2 className="min-w-0 grow truncate font-semibold">{name}</h2>
        {to !== undefined && (
          <div className="w-44">
            <Select
              bare
              label={words.phones.writesTo}
              value={to}
              onChange={({ target }) => setChosen(target.value)}
              options={others.map((each) => [each.phoneNumber ?? "", each.name ?? each.id])}
            />
          </div>
        )}
      </header>
      <div
        role="log"
        aria-label={words.chat.messages}
        tabIndex={0}
        className="flex grow flex-col gap-1.5 overflow-y-auto p-4"
      >
        {to === undefined && <p className="m-auto text-muted">{words.phones.nobody}</p>}
        {to !== undefined && lines.length === 0 && (
          <p className="m-auto text-muted">{words.phones.empty}</p>
        )}
        {lines.map(({ id, own, said, at }) => (
          <p
            key={id}
            className={`max-w-[85%] rounded-2xl px-3.5 py-2 [overflow-wrap:anywhere] ${own ? "self-end rounded-br-md bg-bubble" : "self-start rounded-bl-md border border-line bg-surface"}`}
          >
            {said}
            <span className="ml-2 text-[11px] text-muted">
              <Clock at={new Date(at).toISOString()} short />
            </span>
          </p>
        ))}
        <div ref={end} />
      </div>
      <form
        className="flex items-center gap-1 border-t border-line bg-surface p-3"
        onSubmit={(event) => {
          event.preventDefault();
          void run(send);
        }}
      >
        <input
          aria-label={words.phones.message}
          placeholder={words.phones.message}
          value={text}
          disabled={to === undefined}
          onChange={({ target }) => setText(target.value)}
          className="h-9 min-w-0 grow rounded-lg border border-edge bg-surface px-3 placeholder:text-faint"
        />
        <IconButton
          type="submit"
          icon="send"
          label={words.chat.send}
          disabled={busy || to === undefined}
        />
      </form>
    </section>
  );
}

interface Line {
  readonly id: string;
  readonly own: boolean;
  readonly said: string;
  readonly at: number;
}

/** Both sides of a chat in the order of time. */
function linesOf(
  got: readonly Received[],
  written: readonly Written[],
  chat: string | undefined,
): readonly Line[] {
  return [
    ...got.map(({ id, chat: from, text, caption, type, timestamp }) => {
      return { id, chat: from, own: false, said: text ?? caption ?? type, at: timestamp * 1_000 };
    }),
    ...written.map(({ text, ...line }) => ({ ...line, own: true, said: text })),
  ]
    .filter((line) => line.chat === chat)
    .toSorted((a, b) => a.at - b.at);
}
