export const WEEKDAYS = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** How a business is open on a day. A day that is not listed is closed. */
export type OpeningMode = "ALL_DAY" | "HOURS" | "BY_APPOINTMENT";

export interface OpeningDay {
  readonly day: Weekday;
  readonly mode: OpeningMode;
  /** Minutes after midnight; null unless the mode is HOURS. */
  readonly opensAt: number | null;
  readonly closesAt: number | null;
}

export interface OpeningHours {
  /** An IANA name, such as `America/Sao_Paulo`. */
  readonly timezone: string;
  readonly days: readonly OpeningDay[];
}

/** What a business account shows of itself. */
export interface BusinessProfile {
  readonly description: string | null;
  readonly category: string | null;
  readonly address: string | null;
  readonly email: string | null;
  readonly websites: readonly string[];
  readonly hours: OpeningHours | null;
}

/** What to change of one's own; null empties, what is left out stays. */
export interface BusinessChange {
  readonly description?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly websites?: readonly string[];
  readonly hours?: OpeningHours;
}

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** In units of the currency; null where none is shown. */
  readonly price: number | null;
  /** ISO 4217. */
  readonly currency: string | null;
  /** The seller's own number for it. */
  readonly retailerId: string | null;
  readonly url: string | null;
  readonly imageUrls: readonly string[];
}

export interface CatalogPage {
  readonly products: readonly Product[];
  /** Null on the last page. */
  readonly after: string | null;
}
