import { createStore, useStore } from "../api/store.ts";

export type Theme = "system" | "light" | "dark";

const KEPT_AS = "wagraph.theme";

const theme = createStore<Theme>("system");

export const useTheme = (): Theme => useStore(theme);

/** Before anything is drawn, so that nobody in the dark sees a flash of white. */
export function startTheme(): void {
  const kept = localStorage.getItem(KEPT_AS);
  show(kept === "light" || kept === "dark" ? kept : "system");
}

export function chooseTheme(next: Theme): void {
  localStorage.setItem(KEPT_AS, next);
  show(next);
}

function show(next: Theme): void {
  if (next === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = next;
  theme.set(next);
}
