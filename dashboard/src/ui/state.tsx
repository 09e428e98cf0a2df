import type { ReactNode } from "react";
import { useWords } from "../words/words.ts";
import { Button } from "./button.tsx";
import type { IconName } from "./icon.tsx";
import { Icon } from "./icon.tsx";

/** Stands where something will be, with its shape, so that nothing jumps when it comes. */
export function Skeleton({ className }: { readonly className: string }) {
  return <div aria-hidden="true" className={`animate-shimmer rounded-lg bg-raised ${className}`} />;
}

/** Rows that are on their way, and the word for those who cannot see them. */
export function SkeletonRows({ count = 5 }: { readonly count?: number }) {
  const words = useWords();
  return (
    <div role="status" className="flex flex-col gap-3 p-5">
      <span className="sr-only">{words.loading}</span>
      {Array.from({ length: count }, (_, at) => (
        <Skeleton key={at} className="h-10" />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing yet: what would be here, and how it comes. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      <span className="mb-4 grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent-ink">
        <Icon name={icon} size={24} />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      {children !== undefined && <p className="mt-1 max-w-md text-muted">{children}</p>}
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}

/** What went wrong, in the gateway's words, and what can be done about it. */
export function Trouble({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  const words = useWords();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-xl bg-bad-soft px-4 py-3 text-bad"
    >
      <Icon name="warn" />
      <p className="min-w-0 grow basis-60">{error.message}</p>
      {again && <Button onClick={again}>{words.tryAgain}</Button>}
    </div>
  );
}
