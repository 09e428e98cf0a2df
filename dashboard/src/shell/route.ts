import { createStore, useStore } from "../api/store.ts";

const BASE = "/dashboard";

const path = createStore(here());

function here(): string {
  const below = location.pathname.slice(BASE.length);
  return below === "" ? "/" : below;
}

window.addEventListener("popstate", () => path.set(here()));

/** The address below `/dashboard`, in its parts: `["webhooks", "wh_1"]`. */
export function useRoute(): readonly string[] {
  return useStore(path).split("/").filter(Boolean).map(decodeURIComponent);
}

/** Goes to a page, such as `/events`. */
export function go(to: string): void {
  history.pushState(undefined, "", BASE + to);
  path.set(here());
}

export const addressOf = (to: string): string => BASE + to;
