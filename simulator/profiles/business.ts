/** What a business shows of itself, as the server keeps it. */
export interface Business {
  description: string;
  category: string;
  address: string;
  email: string;
  websites: readonly string[];
  /** Days as WhatsApp calls them: `mon`. */
  hours: { readonly timezone: string; readonly days: readonly OpenDay[] } | undefined;
  products: readonly SoldProduct[];
}

export interface OpenDay {
  readonly day: string;
  readonly mode: "open_24h" | "specific_hours" | "appointment_only";
  /** Minutes after midnight. */
  readonly opens?: number;
  readonly closes?: number;
}

export interface SoldProduct {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  /** In thousandths of the currency's unit. */
  readonly price?: number;
  readonly currency?: string;
  readonly retailerId?: string;
  readonly url?: string;
  readonly imageUrl?: string;
  readonly isHidden?: boolean;
}

export function newBusiness(given: Partial<Business>): Business {
  return {
    description: "",
    category: "Other",
    address: "",
    email: "",
    websites: [],
    hours: undefined,
    products: [],
    ...given,
  };
}
