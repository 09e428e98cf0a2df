import { isIP } from "node:net";
import { OutboundError } from "./errors.ts";

/** One address of a name. */
export interface Answer {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. Whatever it answers is judged. */
export type Resolve = (host: string) => Promise<readonly Answer[]>;

/**
 * Answers concurrent questions for one name with one look-up: a hundred deliveries to one host
 * would otherwise be a hundred questions to the name server.
 * It holds only look-ups that are under way, so each connection still sees a fresh answer.
 */
export function shareLookups(resolve: Resolve): Resolve {
  const underWay = new Map<string, Promise<readonly Answer[]>>();
  return (host) => {
    const known = underWay.get(host);
    if (known) return known;
    const answers = resolve(host).finally(() => underWay.delete(host));
    underWay.set(host, answers);
    return answers;
  };
}

/**
 * The addresses of a host, which are not judged yet; a literal is its own.
 *
 * @throws OutboundError `DNS`.
 */
export async function resolveHost(host: string, resolve: Resolve): Promise<readonly Answer[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  let answers: readonly Answer[];
  try {
    answers = await resolve(host);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const reason = code === "ENOTFOUND" ? "does not exist" : "could not be resolved";
    throw new OutboundError("DNS", `the name "${host}" ${reason}`, { cause });
  }
  if (answers.length === 0) throw new OutboundError("DNS", `the name "${host}" has no address`);
  return answers;
}
