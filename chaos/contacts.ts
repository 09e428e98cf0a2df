import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "../simulator/index.ts";
import type { History, Inbound } from "./history.ts";
import type { Random } from "./random.ts";
import type { World, WorldInstance } from "./world.ts";

const IN_A_GROUP = 0.2;
const READS = 0.3;

/** Every contact writes to instances and groups, and reads what it gets, until told to stop. */
export async function keepWriting(
  { contacts, groups, instances }: World,
  history: Pick<History, "inbound">,
  { random, everyMs, signal }: { random: Random; everyMs: number; signal: AbortSignal },
): Promise<void> {
  let written = 0;

  async function writeOnce(contact: Account, choice: Random): Promise<void> {
    written += 1;
    const text = `in-${written}`;
    const { phone: from } = contact;
    const group = groups.find((each) => each.contacts.includes(contact));
    const inbound: Inbound =
      group && choice.chance(IN_A_GROUP)
        ? { text, from, to: group.group.jid, instances: group.instances.map(({ id }) => id) }
        : direct(choice.pick(instances), text, from);
    history.inbound.push(inbound);
    const { id } = await contact.send(inbound.to, { text });
    inbound.id = id;
  }

  async function live(contact: Account): Promise<void> {
    const choice = random.fork();
    while (!signal.aborted) {
      await writeOnce(contact, choice);
      await readOnce(contact, choice);
      await sleep(choice.between(0, 2 * everyMs * contacts.length), undefined, { signal }).catch(
        () => undefined,
      );
    }
  }

  await Promise.all(contacts.map(live));
}

function direct({ id, account }: WorldInstance, text: string, from: string): Inbound {
  return { text, from, to: account.phone, instances: [id] };
}

async function readOnce(contact: Account, choice: Random): Promise<void> {
  const last = contact.received.at(-1);
  if (!last || !choice.chance(READS)) return;
  const chat = last.to === contact.phone ? {} : { chat: last.chat };
  await contact.receipt({ to: last.from, ids: [last.id], type: "read", ...chat });
}
