import type { Address } from "../domain/address.ts";
import type { InstanceId, Jid } from "../domain/ids.ts";
import { BoundedMap } from "../lib/bounded-map.ts";
import type { Tx } from "../store/writer.ts";
import type { Person } from "./contact-rows.ts";
import { joinPeople, readPeople, writePeople } from "./contact-rows.ts";
import type { Renamed, Sighting } from "./contact-sightings.ts";
import { Ledger, personKey } from "./contact-sightings.ts";

/** Names that are remembered, two for each person: those who write in an hour or so to a busy gateway; 5 MB. */
const REMEMBERED = 20_000;

/** What a group of events has made of the people in it. */
export interface Settled {
  /** The name by which a person, or any other chat, is kept. */
  readonly addressOf: (instanceId: InstanceId, address: Address) => Address;
  readonly renamed: readonly Renamed[];
  /** How many of them were not known before. */
  readonly added: number;
}

/** Who is who. A person who is known already, as nearly everybody is who writes, costs no statement. */
export interface ContactBook {
  /** Writes what is new of these people. */
  settle(tx: Tx, sightings: readonly Sighting[]): Promise<Settled>;
  /** Rows have gone that are remembered here. */
  forget(): void;
}

export function createContactBook(now: () => number): ContactBook {
  let remembered = new BoundedMap<string, Person>(REMEMBERED);

  function isKnown({ instanceId, person: { id, pn, lid }, name, isOld }: Sighting): boolean {
    const known = remembered.get(personKey(instanceId, id));
    if (known === undefined) return false;
    const isSame = (pn === null || pn === known.pn) && (lid === null || lid === known.lid);
    const hasName = isOld && known.pushName !== null;
    return isSame && (!name || name === known.pushName || hasName === true);
  }

  function remember(person: Person): void {
    const { instanceId, id, pn } = person;
    remembered.set(personKey(instanceId, id), person);
    if (pn && pn !== id) remembered.set(personKey(instanceId, pn), person);
  }

  return {
    async settle(tx, sightings) {
      const news = sightings.filter((sighting) => !isKnown(sighting));
      const known = await peopleIn(tx, news);
      const ledger = new Ledger(known, now());
      for (const sighting of news) ledger.take(sighting);
      await joinPeople(tx, ledger.joined);
      await writePeople(tx, ledger.changed);
      const find = (instanceId: InstanceId, { id }: Address): Person | undefined =>
        ledger.find(instanceId, id) ?? remembered.get(personKey(instanceId, id));
      tx.afterCommit(() => {
        for (const { instanceId, person } of news) {
          const found = ledger.find(instanceId, person.id);
          if (found) remember(found);
        }
      });
      return {
        addressOf(instanceId, address) {
          const { id, pn, lid } = find(instanceId, address) ?? address;
          return { id, pn, lid };
        },
        renamed: [...ledger.renamed.values()],
        added: ledger.changed.filter(isNewTo(known)).length,
      };
    },
    forget() {
      remembered = new BoundedMap(REMEMBERED);
    },
  };
}

function isNewTo(known: readonly Person[]): (person: Person) => boolean {
  const names = new Set(known.flatMap(({ id, pn }) => [id, pn]));
  return ({ id, pn }) => !names.has(id) && (pn === null || !names.has(pn));
}

async function peopleIn(tx: Tx, sightings: readonly Sighting[]): Promise<readonly Person[]> {
  if (sightings.length === 0) return [];
  const names = new Map<string, readonly [InstanceId, Jid]>();
  for (const { instanceId, person } of sightings) {
    for (const name of [person.id, person.pn]) {
      if (name) names.set(personKey(instanceId, name), [instanceId, name]);
    }
  }
  return readPeople(tx, [...names.values()]);
}
