import type { ReactNode } from "react";
import type { SignedIn } from "../api/session.ts";
import { useWords } from "../words/words.ts";
import { ConnectionBanner } from "./banner.tsx";
import { NavLink, PhoneNav } from "./nav.tsx";
import { pagesFor } from "./pages.ts";
import { PlaygroundLink } from "./playground-link.tsx";
import { Preferences } from "./preferences.tsx";

/** The frame of every page: where one can go, who one is, and how the connection stands. */
export function Shell({
  session,
  children,
}: {
  readonly session: SignedIn;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const pages = pagesFor(session);
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
      >
        {words.skip}
      </a>
      <nav
        aria-label={words.nav.label}
        className="hidden w-60 shrink-0 flex-col border-r border-line bg-surface p-3 md:flex"
      >
        <Brand />
        <ul className="flex grow flex-col gap-0.5 overflow-y-auto py-1">
          {pages.map((page) => (
            <li key={page.to}>
              <NavLink page={page} />
            </li>
          ))}
          <li>
            <PlaygroundLink />
          </li>
        </ul>
        <Preferences session={session} />
      </nav>
      <div className="flex min-h-0 min-w-0 grow flex-col">
        <ConnectionBanner />
        <main
          id="main"
          tabIndex={0} // A page that grows a scroll bar must not jump.
          className="min-h-0 grow overflow-y-auto focus-visible:-outline-offset-2 md:[scrollbar-gutter:stable] has-[[data-full]]:[scrollbar-gutter:auto]"
        >
          {children}
        </main>
      </div>
      <PhoneNav pages={pages} session={session} />
    </div>
  );
}

function Brand() {
  return (
    <p className="flex items-center gap-2.5 px-2.5 pt-2 pb-5 text-[15px] font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="9" className="fill-accent" />
        <path
          d="M8 11.5l3.6 10 4.4-9.6 4.4 9.6 3.6-10"
          fill="none"
          stroke="#fff"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      wagraph
    </p>
  );
}
