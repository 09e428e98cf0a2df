import { createStore, useStore } from "./store.ts";

/** How the live connection stands. */
export type Connection =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "lost"; readonly since: number }
  /** Just back; what was missed has been or is being read from the log. */
  | { readonly kind: "resumed"; readonly after: number };

/** Long enough to be read, short enough not to be in the way. */
const SHOWN_MS = 6_000;

const connection = createStore<Connection>({ kind: "connecting" });
const resumptions = createStore(0);

export const useConnection = (): Connection => useStore(connection);

/** Counts how often the connection came back: what has no cursor is asked for again when it changes. */
export const useResumptions = (): number => useStore(resumptions);

export function connectionLives(): void {
  const known = connection.get();
  if (known.kind === "live" || known.kind === "resumed") return;
  if (known.kind === "connecting") {
    connection.set({ kind: "live" });
    return;
  }
  const back = { kind: "resumed", after: Date.now() - known.since } as const;
  connection.set(back);
  resumptions.set(resumptions.get() + 1);
  setTimeout(() => {
    if (connection.get() === back) connection.set({ kind: "live" });
  }, SHOWN_MS);
}

/** Whoever signs in begins anew, whatever became of the connection before. */
export function connectionBegins(): void {
  connection.set({ kind: "connecting" });
}

export function connectionLost(): void {
  if (connection.get().kind !== "lost") connection.set({ kind: "lost", since: Date.now() });
}
