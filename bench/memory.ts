import { readFileSync } from "node:fs";
import type { Gateway } from "./gateway.ts";

/** Resident memory in MB, from the operating system. */
export function rssOf({ pid }: Pick<Gateway, "pid">): number {
  const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kb) / 1024;
}

/** The most that it was while the work was done, in MB. */
export async function peakRss(gateway: Gateway, work: () => Promise<unknown>): Promise<number> {
  let peak = rssOf(gateway);
  const timer = setInterval(() => (peak = Math.max(peak, rssOf(gateway))), 2);
  await work();
  clearInterval(timer);
  return Math.max(peak, rssOf(gateway));
}
