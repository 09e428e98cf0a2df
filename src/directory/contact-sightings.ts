import type { Address } from "../domain/address.ts";
import type { InstanceId, Jid } from "../domain/ids.ts";
import type { Joined, Person } from "./contact-rows.ts";

/** Somebody as one event names them. */
export interface Sighting {
  readonly instanceId: InstanceId;
  readonly person: Address;
  /** The name they chose for themselves, if the event tells one. */
  readonly name: string | null;
  /** It is told of the past: a name that is known is newer. */
  readonly isOld?: boolean;
}

/** Somebody who calls themselves differently than before. */
export interface Renamed {
  readonly person: Person;
  readonly previousName: string;
}

/**
 * A name is changed at most this often, in milliseconds: whoever calls themselves differently in every
 * message would otherwise make two events of each. What comes too early is taken up with a later message.
 */
const RENAMED_EVERY_MS = 60_000;

export const personKey = (instanceId: InstanceId, name: Jid): string => `${instanceId} ${name}`;

/** What sightings, taken in the order of their events, make of what is known of people. It touches no database. */
export class Ledger {
  readonly #now: number;
  readonly #people = new Map<string, Person>();
  readonly #changed = new Map<string, Person>();
  readonly joined: Joined[] = [];
  readonly renamed = new Map<string, Renamed>();

  constructor(known: readonly Person[], now: number) {
    this.#now = now;
    for (const person of known) this.#index(person);
  }

  /** Who has this name by now, if a sighting was about them. */
  find(instanceId: InstanceId, name: Jid): Person | undefined {
    return this.#people.get(personKey(instanceId, name));
  }

  get changed(): readonly Person[] {
    return [...this.#changed.values()];
  }

  take({ instanceId, person, name: given, isOld }: Sighting): void {
    const { pn, lid } = person;
    const byNumber = pn === null ? undefined : this.find(instanceId, pn);
    const known = lid === null ? byNumber : (this.find(instanceId, lid) ?? byNumber);
    const name = isOld && known?.pushName ? null : given;
    if (lid === null) {
      this.#settle(byNumber, byNumber ?? blank(instanceId, person), name);
      return;
    }
    const byLid = this.find(instanceId, lid);
    const isNumberAlone = byNumber?.lid === null;
    if (isNumberAlone) this.#join(byNumber, lid);
    // A number belongs to one person at a time: it has another owner now.
    else if (byNumber && byNumber.id !== lid) this.#write({ ...byNumber, pn: null });
    const before = byLid ?? (isNumberAlone ? byNumber : blank(instanceId, person));
    this.#settle(byLid, { ...before, id: lid, lid, pn: pn ?? before.pn }, name);
  }

  #join({ instanceId, id }: Person, lid: Jid): void {
    this.joined.push({ instanceId, pn: id, lid });
    this.#changed.delete(personKey(instanceId, id));
    this.#people.delete(personKey(instanceId, id));
  }

  #settle(before: Person | undefined, person: Person, name: string | null): void {
    const named = this.#named(person, name);
    if (before && before.pn === named.pn && before.pushName === named.pushName) return;
    this.#write(named);
  }

  #named(person: Person, name: string | null): Person {
    const { pushName, renamedAt, instanceId, id } = person;
    if (!name || name === pushName) return person;
    if (!pushName) return { ...person, pushName: name };
    if (renamedAt && this.#now - renamedAt.getTime() < RENAMED_EVERY_MS) return person;
    const renamed = { ...person, pushName: name, renamedAt: new Date(this.#now) };
    this.renamed.set(personKey(instanceId, id), { person: renamed, previousName: pushName });
    return renamed;
  }

  #write(person: Person): void {
    this.#changed.set(personKey(person.instanceId, person.id), person);
    this.#index(person);
  }

  #index(person: Person): void {
    const { instanceId, id, pn } = person;
    this.#people.set(personKey(instanceId, id), person);
    if (pn) this.#people.set(personKey(instanceId, pn), person);
  }
}

function blank(instanceId: InstanceId, { id, pn, lid }: Address): Person {
  return { instanceId, id, pn, lid, pushName: null, renamedAt: null };
}
