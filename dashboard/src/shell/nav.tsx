import { useState } from "react";
import type { SignedIn } from "../api/session.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { useWords } from "../words/words.ts";
import { Link } from "./link.tsx";
import type { PageEntry } from "./pages.ts";
import { isHere } from "./pages.ts";
import { PlaygroundLink } from "./playground-link.tsx";
import { Preferences } from "./preferences.tsx";
import { useRoute } from "./route.ts";

/** What fits beside “More” on the narrowest phone. */
const ON_PHONE = 4;

export function NavLink({
  page,
  onClick,
}: {
  readonly page: PageEntry;
  readonly onClick?: () => void;
}) {
  const words = useWords();
  const here = isHere(page.to, useRoute());
  return (
    <Link
      to={page.to}
      onClick={onClick}
      aria-current={here ? "page" : undefined}
      className="flex h-9 items-center gap-3 rounded-lg px-2.5 font-medium text-muted transition-colors hover:bg-raised hover:text-ink aria-[current]:bg-accent-soft aria-[current]:text-accent-ink"
    >
      <Icon name={page.icon} />
      {page.name(words)}
    </Link>
  );
}

/** At the bottom of a phone, where the thumb is. */
export function PhoneNav({
  pages,
  session,
}: {
  readonly pages: readonly PageEntry[];
  readonly session: SignedIn;
}) {
  const words = useWords();
  const route = useRoute();
  const [isOpen, setOpen] = useState(false);
  const first = pages.slice(0, ON_PHONE);
  const rest = pages.slice(ON_PHONE);
  const look =
    "flex h-15 w-full flex-col items-center justify-center gap-0.5 text-[11px] font-medium text-muted aria-[current]:text-accent-ink";
  return (
    <nav
      aria-label={words.nav.label}
      className="border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {first.map(({ to, icon, name }) => (
          <li key={to}>
            <Link to={to} aria-current={isHere(to, route) ? "page" : undefined} className={look}>
              <Icon name={icon} size={20} />
              {name(words)}
            </Link>
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-haspopup="dialog"
            aria-current={rest.some(({ to }) => isHere(to, route)) ? "page" : undefined}
            className={look}
            onClick={() => setOpen(true)}
          >
            <Icon name="more" size={20} />
            {words.nav.more}
          </button>
        </li>
      </ul>
      {isOpen && (
        <Dialog title={words.nav.more} onClose={() => setOpen(false)}>
          <ul className="mb-4 flex flex-col gap-1">
            {rest.map((page) => (
              <li key={page.to}>
                <NavLink page={page} onClick={() => setOpen(false)} />
              </li>
            ))}
            <li>
              <PlaygroundLink />
            </li>
          </ul>
          <Preferences session={session} />
        </Dialog>
      )}
    </nav>
  );
}
