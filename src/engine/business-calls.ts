import type { BusinessChange, BusinessProfile, CatalogPage } from "../domain/business.ts";
import type { Jid } from "../domain/ids.ts";

/** What a connection can ask about businesses, and change of its own. Fails like `PeopleCalls`. */
export interface BusinessCalls {
  /** Null for who is no business. */
  businessProfile(jid: Jid): Promise<BusinessProfile | null>;
  setBusinessProfile(change: BusinessChange): Promise<void>;
  /** A page of what somebody sells; without products for who has no catalog. */
  catalog(jid: Jid, first: number, after: string | null): Promise<CatalogPage>;
}
