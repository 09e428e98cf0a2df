import { OWN_PAGE } from "../api/session.ts";

/** A phone is looked at as often as one would (milliseconds): the simulator tells nobody of anything. */
export const LOOK_EVERY_MS = 1_000;

/** A phone of the simulated WhatsApp. */
export interface Phone {
  /** Digits with country code. */
  readonly phone: string;
  readonly name: string;
  /** How many devices are linked to it. */
  readonly devices: number;
}

/** What a phone has received. */
export interface Received {
  readonly id: string;
  /** Number of the other side, or a group's JID. */
  readonly chat: string;
  readonly type: string;
  readonly text?: string;
  readonly caption?: string;
  /** In seconds since 1970. */
  readonly timestamp: number;
}

/** @throws Error in the simulator's words */
async function call<T>(method: "GET" | "POST", path: string, body?: object): Promise<T> {
  const answer = await fetch(`/simulator${path}`, {
    method,
    cache: "no-store",
    headers: { ...OWN_PAGE, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const said = (await answer.json()) as { readonly error?: { readonly message: string } };
  if (!answer.ok) throw new Error(said.error?.message ?? `The simulator answers ${answer.status}.`);
  return said as T;
}

const at = (phone: string): string => `/accounts/${encodeURIComponent(phone)}`;

export const phones = () => call<readonly Phone[]>("GET", "/accounts");
export const addPhone = (phone: string, name: string) =>
  call<Phone>("POST", "/accounts", { phone, name });
export const received = (phone: string) =>
  call<readonly Received[]>("GET", `${at(phone)}/messages`);
export const write = (phone: string, to: string, text: string) =>
  call<{ readonly id: string }>("POST", `${at(phone)}/messages`, { to, text });
export const scan = (phone: string, by: { readonly qr: string } | { readonly code: string }) =>
  call<object>("POST", `${at(phone)}/link`, by);
