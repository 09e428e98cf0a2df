import { Resolver } from "node:dns/promises";
import { parseHosts, type Hosts } from "./hosts.ts";
import { rereading } from "./reread.ts";
import type { Answer, Resolve } from "./resolve.ts";
import { NO_SEARCH, namesOf, parseSearch } from "./search.ts";

/** Of the first question to a name server, in milliseconds; the second waits twice as long, and there is no third. */
const PATIENCE = { timeout: 2_000, tries: 2 };

/** All questions for one name together (milliseconds): as much as a connection may take as a whole. */
const LIMIT_MS = 10_000;

const WINDOWS_HOSTS = "C:\\Windows\\System32\\drivers\\etc\\hosts";

const LOOPBACK: readonly Answer[] = [
  { address: "127.0.0.1", family: 4 },
  { address: "::1", family: 6 },
];

export interface SystemResolveOptions {
  readonly hostsFile?: string;
  readonly searchFile?: string;
  /** Name servers, as `address:port`; the system's if left out. */
  readonly servers?: readonly string[];
}

/**
 * Resolves as the system does, by its hosts file, search domains and name servers, but without `dns.lookup`: that
 * keeps one of libuv's few threads until a silent name server is given up, and a dozen such names would stop all
 * others.
 */
export function systemResolve(options: SystemResolveOptions = {}): Resolve {
  const hostsFile =
    options.hostsFile ?? (process.platform === "win32" ? WINDOWS_HOSTS : "/etc/hosts");
  const noHosts: Hosts = new Map();
  const hosts = rereading(hostsFile, parseHosts, noHosts);
  const search = rereading(options.searchFile ?? "/etc/resolv.conf", parseSearch, NO_SEARCH);

  return async (host) => {
    const name = host.toLowerCase().replace(/\.$/, "");
    const written = (await hosts()).get(name);
    if (written) return written;
    // RFC 6761: such names never leave the machine.
    if (name === "localhost" || name.endsWith(".localhost")) return LOOPBACK;
    return ask(namesOf(host.toLowerCase(), await search()), options.servers);
  };
}

async function ask(
  names: readonly string[],
  servers: readonly string[] | undefined,
): Promise<readonly Answer[]> {
  // One each: it reads the system's name servers anew, and can be cancelled without the others.
  const resolver = new Resolver(PATIENCE);
  if (servers) resolver.setServers(servers);
  const limit = setTimeout(() => resolver.cancel(), LIMIT_MS);
  try {
    let failure: unknown;
    for (const name of names) {
      const [four, six] = await Promise.allSettled([
        resolver.resolve4(name),
        resolver.resolve6(name),
      ]);
      const answers = [...answersOf(four, 4), ...answersOf(six, 6)];
      if (answers.length > 0) return answers;
      failure = failureOf(four, six);
      if (!isAbsence(failure)) break;
    }
    throw failure;
  } finally {
    clearTimeout(limit);
  }
}

function answersOf(found: PromiseSettledResult<readonly string[]>, family: 4 | 6): Answer[] {
  if (found.status === "rejected") return [];
  return found.value.map((address) => ({ address, family }));
}

/** A name server that did not answer says more than one that knew nothing. */
function failureOf(...all: readonly PromiseSettledResult<readonly string[]>[]): unknown {
  const failures = all.flatMap((each) =>
    each.status === "rejected" ? [each.reason as unknown] : [],
  );
  return failures.find((each) => !isAbsence(each)) ?? failures[0];
}

function isAbsence(failure: unknown): boolean {
  const code = failure instanceof Error && "code" in failure ? failure.code : undefined;
  return code === "ENOTFOUND" || code === "ENODATA";
}
