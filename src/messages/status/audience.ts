import { bareJid, isLid, isPn, phoneDigits, PN_SERVER } from "../../domain/address.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { Jid } from "../../domain/ids.ts";
import type { Instance } from "../../domain/instance.ts";
import type { Reader } from "../../store/database.ts";

/** A status goes the way of a message to a group, with a key for each device; the largest groups have so many members. */
const MAX_AUDIENCE = 1_024;

/**
 * Who is shown a status.
 * @param named numbers or JIDs; null for all whom the account knows
 * @throws GatewayError BAD_INPUT
 */
export async function findAudience(
  read: Reader,
  { id: instanceId, pn, lid }: Instance,
  named: readonly string[] | null,
): Promise<readonly Jid[]> {
  const all = named ? named.map(personOf) : await everyone(read, instanceId);
  const audience = [...new Set(all)].filter((jid) => jid !== pn && jid !== lid);
  if (audience.length > MAX_AUDIENCE) {
    throw bad(`A status is shown to ${MAX_AUDIENCE} people at most. Name those who are to see it.`);
  }
  if (audience.length > 0) return audience;
  throw bad(named ? "Name somebody who is to see the status." : "The account knows nobody yet.");
}

async function everyone(read: Reader, instanceId: string): Promise<readonly Jid[]> {
  const rows = await read.contact.findMany({
    where: { instanceId },
    select: { id: true, pn: true },
    // One more shows that there are too many, the account itself left out.
    take: MAX_AUDIENCE + 2,
  });
  return rows.map(({ id, pn }) => (pn ?? id) as Jid);
}

function personOf(text: string): Jid {
  const jid = text.includes("@") ? bareJid(text.trim()) : `${phoneDigits(text)}@${PN_SERVER}`;
  if (/^\d{5,20}@/.test(jid) && (isLid(jid) || isPn(jid))) return jid as Jid;
  throw bad(`"${text.slice(0, 80)}" is nobody who could be shown a status.`);
}

/** Who was shown a status, so that they are told of its end as well. */
export async function readAudience(read: Reader, uid: string): Promise<readonly Jid[] | null> {
  const row = await read.message.findUnique({ where: { uid }, select: { audience: true } });
  return decodeAudience(row?.audience ?? null);
}

export function decodeAudience(stored: string | null): readonly Jid[] | null {
  return stored === null ? null : (JSON.parse(stored) as readonly Jid[]);
}

function bad(message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message);
}
