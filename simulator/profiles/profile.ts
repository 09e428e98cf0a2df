import { SimulatorError } from "../errors.ts";
import type { Business } from "./business.ts";
import { unixSeconds } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";

/** Who may see or do what, as WhatsApp names it. People here have no address books: "contacts" are all. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  last: ["all", "contacts", "contact_blacklist", "none"],
  online: ["all", "match_last_seen"],
  profile: ["all", "contacts", "contact_blacklist", "none"],
  status: ["all", "contacts", "contact_blacklist", "none"],
  readreceipts: ["all", "none"],
  groupadd: ["all", "contacts", "contact_blacklist"],
  calladd: ["all", "known"],
};

export interface Picture {
  readonly id: string;
  readonly jpeg: Buffer;
}

/** What people see of an account, and whom it does not want to see. */
export interface ShownProfile {
  readonly about: string;
  /** The picture as it was set last; undefined for none. */
  readonly picture: Picture | undefined;
  readonly privacy: Readonly<Record<string, string>>;
  /** Phones. */
  readonly blocked: readonly string[];
  /** Undefined for who is no business. */
  readonly business: Business | undefined;
}

export class Profile {
  /** There for business accounts alone. */
  business: Business | undefined;
  picture: Picture | undefined;
  readonly blocked = new Set<string>();
  aboutSince = unixSeconds();
  #about = "Hey there! I am using WhatsApp.";
  readonly #privacy = new Map(Object.keys(ALLOWED).map((name) => [name, "all"]));

  get about(): string {
    return this.#about;
  }

  set about(text: string) {
    this.#about = text;
    this.aboutSince = unixSeconds();
  }

  get privacy(): ReadonlyMap<string, string> {
    return this.#privacy;
  }

  setPicture(jpeg: Buffer | undefined): void {
    this.picture = jpeg && { id: makeStanzaId(), jpeg };
  }

  /** @throws {SimulatorError} BAD_REQUEST for what WhatsApp does not know */
  setPrivacy(name: string, value: string): void {
    if (ALLOWED[name]?.includes(value) !== true) {
      throw new SimulatorError("BAD_REQUEST", `there is no privacy setting ${name}=${value}`);
    }
    this.#privacy.set(name, value);
  }

  /** Whether somebody may see the picture ("profile") or the about ("status"). */
  shows(what: "profile" | "status", viewer: string): boolean {
    return this.#privacy.get(what) !== "none" && !this.blocked.has(viewer);
  }

  get shown(): ShownProfile {
    const { about, picture, business } = this;
    const privacy = Object.fromEntries(this.#privacy);
    return { about, picture, privacy, blocked: [...this.blocked], business };
  }
}
