import type { SignedIn } from "../api/session.ts";
import type { IconName } from "../ui/icon.tsx";
import type { Words } from "../words/words.ts";

export interface PageEntry {
  readonly to: string;
  readonly icon: IconName;
  readonly name: (words: Words) => string;
  /** Without it the page has nothing to show, and is not offered. */
  readonly scope: string;
  /** It is there in the demo alone, whose phones it has. */
  readonly isDemo?: boolean;
}

/** The pages in their order; the first four are one touch away on a phone. */
const PAGES: readonly PageEntry[] = [
  { to: "/", icon: "instances", name: ({ nav }) => nav.instances, scope: "instances:read" },
  { to: "/chat", icon: "chat", name: ({ nav }) => nav.chat, scope: "messages:read" },
  { to: "/events", icon: "events", name: ({ nav }) => nav.events, scope: "instances:read" },
  { to: "/webhooks", icon: "webhooks", name: ({ nav }) => nav.webhooks, scope: "webhooks:read" },
  { to: "/queue", icon: "queue", name: ({ nav }) => nav.queue, scope: "messages:read" },
  { to: "/settings", icon: "settings", name: ({ nav }) => nav.settings, scope: "instances:read" },
  { to: "/keys", icon: "keys", name: ({ nav }) => nav.keys, scope: "keys:admin" },
  { to: "/audit", icon: "audit", name: ({ nav }) => nav.audit, scope: "keys:admin" },
  { to: "/health", icon: "health", name: ({ nav }) => nav.health, scope: "instances:read" },
  {
    to: "/phones",
    icon: "phone",
    name: ({ nav }) => nav.phones,
    scope: "instances:read",
    isDemo: true,
  },
];

/** Those that have something to show to whoever is signed in. */
export const pagesFor = ({ scopes, simulator }: SignedIn): readonly PageEntry[] =>
  PAGES.filter(
    ({ scope, isDemo }) =>
      (scopes === null || scopes.includes(scope)) && (isDemo !== true || simulator),
  );

export const isHere = (to: string, route: readonly string[]): boolean =>
  (route[0] ?? "") === to.slice(1) || (to === "/" && route[0] === "instances");
