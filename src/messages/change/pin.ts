import { GatewayError } from "../../domain/errors.ts";

/** As WhatsApp's phones offer it: a day, a week, 30 days. In seconds. */
const DURATIONS: ReadonlySet<number> = new Set([86_400, 604_800, 2_592_000]);

/** What phones have chosen already when they ask for how long. */
const WEEK = 604_800;

/** @throws GatewayError BAD_INPUT */
export function checkPin(seconds: number | null | undefined): number {
  const wanted = seconds ?? WEEK;
  if (DURATIONS.has(wanted)) return wanted;
  const offered = [...DURATIONS].join(", ");
  throw new GatewayError("BAD_INPUT", `A message is pinned for ${offered} seconds.`);
}
