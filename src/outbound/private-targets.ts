import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { type Address, type Network, covers, neverReachable, parseAddress } from "./ranges.ts";

/** The holes that the operator made in the wall around private networks. */
export interface PrivateTargets {
  /** Lower-case names, without a final dot; every address they resolve to is open. */
  readonly hosts: ReadonlySet<string>;
  readonly networks: readonly Network[];
}

/** The name as it is compared: lower case, no final dot (`Localhost.` and `localhost` are the same host). */
function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

/** Whether an address that is closed by default was opened, by its network or by the name that led to it. */
export function opens(
  targets: PrivateTargets,
  address: Address,
  host: string | undefined,
): boolean {
  if (host !== undefined && targets.hosts.has(canonicalHost(host))) return true;
  return targets.networks.some((network) => covers(network, address));
}

/**
 * Reads the entries of `PRIVATE_TARGETS`: host names, IP addresses and CIDRs.
 *
 * @throws TypeError that names every entry that is none of these, or that lies in a range that never opens.
 */
export function parsePrivateTargets(entries: readonly string[]): PrivateTargets {
  const hosts = new Set<string>();
  const networks: Network[] = [];
  const faults: string[] = [];

  for (const entry of entries.map((text) => text.trim())) {
    const network = parseNetwork(entry);
    const host = network ? undefined : parseHost(entry);
    if (network && neverReachable(network[0], network[1])) {
      faults.push(`"${entry}" is link-local or cloud metadata, which never opens`);
    } else if (network) networks.push(network);
    else if (host) hosts.add(host);
    else faults.push(`"${entry}" is neither a host name nor an IP address nor a CIDR`);
  }

  if (faults.length > 0) throw new TypeError(`PRIVATE_TARGETS: ${faults.join("; ")}`);
  return { hosts, networks };
}

function parseNetwork(entry: string): Network | undefined {
  const [literal = "", prefix, ...rest] = entry.replace(/^\[(.*)\]$/, "$1").split("/");
  // Zones name an interface of one machine and would be ignored in a comparison.
  if (rest.length > 0 || isIP(literal) === 0 || literal.includes("%")) return undefined;
  const bits = prefix === undefined ? undefined : Number(prefix);
  if (bits !== undefined && !/^\d{1,3}$/.test(prefix ?? "")) return undefined;

  const raw = ipaddr.parse(literal);
  const width = raw.kind() === "ipv4" ? 32 : 128;
  if (bits !== undefined && bits > width) return undefined;

  // Mapped addresses are judged as IPv4, so a mapped network has to be compared as IPv4 too.
  const address = parseAddress(literal);
  const shift = address.kind() === raw.kind() ? 0 : 96;
  const length = (bits ?? width) - shift;
  return length < 0 ? [raw, bits ?? width] : [address, length];
}

/** The URL parser decides what a name is, as it will for the addresses that are compared with it. */
function parseHost(entry: string): string | undefined {
  if (/[\s/\\@:?#[\]%]/.test(entry)) return undefined;
  const hostname = URL.parse(`http://${entry}/`)?.hostname;
  if (hostname === undefined || isIP(hostname) !== 0) return undefined;
  const host = canonicalHost(hostname);
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(host) ? host : undefined;
}
