import { createStore, useStore } from "../api/store.ts";
import { Icon } from "./icon.tsx";

interface Toast {
  readonly id: number;
  readonly tone: "good" | "bad";
  readonly text: string;
}

/** Time to read two lines; failures stay longer. */
const SHOWN_MS = { good: 4_000, bad: 10_000 } as const;

/** More would cover the page. */
const MOST = 3;

const toasts = createStore<readonly Toast[]>([]);
let last = 0;

/** Tells of what was done, or could not be. */
export function toast(tone: Toast["tone"], text: string): void {
  const made = { id: ++last, tone, text };
  toasts.set([...toasts.get(), made].slice(-MOST));
  setTimeout(() => {
    toasts.set(toasts.get().filter(({ id }) => id !== made.id));
  }, SHOWN_MS[tone]);
}

export function Toasts() {
  const shown = useStore(toasts);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-50 flex flex-col items-center gap-2 md:bottom-6"
    >
      {shown.map(({ id, tone, text }) => (
        <p
          key={id}
          className="pointer-events-auto flex max-w-lg items-center gap-2.5 rounded-xl border border-line bg-surface px-4 py-2.5 shadow-pop"
        >
          <span className={tone === "good" ? "text-good" : "text-bad"}>
            <Icon name={tone === "good" ? "check" : "warn"} />
          </span>
          {text}
        </p>
      ))}
    </div>
  );
}
