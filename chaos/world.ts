import type { Account, Group, Simulator } from "../simulator/index.ts";
import { demand } from "./api.ts";
import type { GatewayProcess } from "./gateway-process.ts";
import type { Receiver } from "./receiver.ts";

export interface WorldInstance {
  readonly id: string;
  readonly account: Account;
}

/** Who writes to whom in a campaign. */
export interface World {
  readonly instances: readonly [WorldInstance, ...WorldInstance[]];
  readonly contacts: readonly [Account, ...Account[]];
  readonly groups: readonly [WorldGroup, ...WorldGroup[]];
}

export interface WorldGroup {
  readonly group: Group;
  readonly contacts: readonly [Account, ...Account[]];
  readonly instances: readonly [WorldInstance, ...WorldInstance[]];
}

/** How long an instance may take from the scan of its code to OPEN (milliseconds). */
const OPEN_MS = 30_000;

/** Three linked instances with a webhook each, six contacts (two of them hide their number), two groups. */
export async function makeWorld(
  wa: Simulator,
  gateway: GatewayProcess,
  receiver: Receiver,
): Promise<World> {
  const instance = (id: string, at: number) => linkedInstance(wa, gateway, receiver, { id, at });
  const [north, south, west] = await Promise.all([
    instance("north", 1),
    instance("south", 2),
    instance("west", 3),
  ]);
  const contact = (at: number) =>
    wa.account(`551177770000${at}`, { name: `c${at}`, addressing: at > 4 ? "lid" : "pn" });
  const [a, b, c, d, e, f] = await Promise.all([
    contact(1),
    contact(2),
    contact(3),
    contact(4),
    contact(5),
    contact(6),
  ]);
  const group = async (
    subject: string,
    contacts: WorldGroup["contacts"],
    members: WorldGroup["instances"],
  ) => {
    const participants = [...contacts, ...members.map(({ account }) => account)];
    const made = await wa.group({ subject, participants: participants.map(({ phone }) => phone) });
    return { group: made, contacts, instances: members };
  };
  return {
    instances: [north, south, west],
    contacts: [a, b, c, d, e, f],
    groups: [await group("one", [a, b], [north]), await group("both", [c, d], [north, south])],
  };
}

async function linkedInstance(
  wa: Simulator,
  { url }: GatewayProcess,
  receiver: Receiver,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<WorldInstance> {
  const account = await wa.account(`551188880000${at}`, { name: id });
  const body = { instanceId: id, webhook: receiver.urlOf(id) };
  const { webhook } = await demand<{ webhook: { secret: string } }>(`${url}/instances`, body);
  receiver.trust(id, webhook.secret);
  const { qr } = await demand<{ qr: string }>(`${url}/instances/${id}/qr`);
  await account.link({ qr });
  const deadline = Date.now() + OPEN_MS;
  const status = async () =>
    (await demand<{ status: string }>(`${url}/instances/${id}/status`)).status;
  while ((await status()) !== "OPEN") {
    if (Date.now() > deadline) throw new Error(`${id} was not connected in time`);
  }
  return { id, account };
}
