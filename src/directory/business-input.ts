import type { BusinessChange, OpeningDay, OpeningHours } from "../domain/business.ts";
import { GatewayError } from "../domain/errors.ts";

/** What WhatsApp Business takes, in characters. */
const LONGEST = { description: 512, address: 256, email: 128, website: 256 } as const;
const MOST_WEBSITES = 2;
const MINUTES_OF_DAY = 24 * 60;

/** Pages of a catalog; WhatsApp's own clients ask for ten. */
const [USUAL_PAGE, LONGEST_PAGE] = [10, 50];

/** @throws GatewayError BAD_INPUT, also when there is nothing to change */
export function businessChangeIn(change: BusinessChange): BusinessChange {
  const { websites, hours } = change;
  if (Object.values(change).every((value) => value === undefined)) {
    throw new GatewayError("BAD_INPUT", "Name at least one thing to change.");
  }
  for (const name of ["description", "address", "email"] as const) {
    const text = change[name];
    if (text && text.length > LONGEST[name]) {
      throw refused(name, `has at most ${LONGEST[name]} characters`);
    }
  }
  if (change.email && !/^[^\s@]+@[^\s@]+$/.test(change.email)) {
    throw refused("email", "is an address such as shop@example.com");
  }
  if (websites) checkWebsites(websites);
  if (hours) checkHours(hours);
  return change;
}

function checkWebsites(websites: readonly string[]): void {
  if (websites.length > MOST_WEBSITES) throw refused("websites", `are ${MOST_WEBSITES} at most`);
  for (const site of websites) {
    const url = URL.parse(site);
    if (!url || !/^https?:$/.test(url.protocol) || site.length > LONGEST.website) {
      const what = `are http or https addresses of at most ${LONGEST.website} characters`;
      throw refused("websites", what);
    }
  }
}

function checkHours({ timezone, days }: OpeningHours): void {
  if (!isTimezone(timezone)) {
    throw refused("hours", "need a time zone by its IANA name, such as America/Sao_Paulo");
  }
  if (days.some((day) => !isDay(day))) {
    throw refused(
      "hours",
      "are minutes after midnight, up to 1440, the beginning before the end, on days with the mode HOURS and on no other",
    );
  }
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isDay({ mode, opensAt, closesAt }: OpeningDay): boolean {
  if (mode !== "HOURS") return opensAt === null && closesAt === null;
  if (opensAt === null || closesAt === null) return false;
  return opensAt >= 0 && opensAt < closesAt && closesAt <= MINUTES_OF_DAY;
}

/** @throws GatewayError BAD_INPUT beyond 1 to 50 */
export function catalogPageIn(first: number | null): number {
  const size = first ?? USUAL_PAGE;
  if (size >= 1 && size <= LONGEST_PAGE) return size;
  throw refused("first", `is a number from 1 to ${LONGEST_PAGE}`);
}

function refused(argument: string, what: string): GatewayError {
  return new GatewayError("BAD_INPUT", `\`${argument}\` ${what}.`, { argument });
}
