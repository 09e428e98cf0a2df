import type { ReactNode } from "react";
import { useEffect } from "react";

interface PageProps {
  readonly title: string;
  readonly about?: string;
  readonly actions?: ReactNode;
  /** The way to the page above this one. */
  readonly back?: ReactNode;
  /** The page fills the window, and what is in it scrolls by itself. */
  readonly full?: boolean;
  readonly children: ReactNode;
}

/** What every page begins with; its title is also the window's. */
export function Page({ title, about, actions, back, full, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · wagraph`;
  }, [title]);
  return (
    <div
      className={`mx-auto flex w-full max-w-7xl flex-col px-4 py-6 sm:px-8 lg:py-8 ${full === true ? "h-full min-h-0" : ""}`}
    >
      {back}
      <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {about !== undefined && <p className="mt-1 max-w-2xl text-muted">{about}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Card({
  children,
  label,
}: {
  readonly children: ReactNode;
  readonly label?: string;
}) {
  return (
    <section aria-label={label} className="rounded-2xl border border-line bg-surface">
      {children}
    </section>
  );
}
