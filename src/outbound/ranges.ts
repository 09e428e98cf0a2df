import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = readonly [Address, number];

/**
 * Ranges that no setting opens: what answers there hands out the machine's own credentials, or
 * exists only on the local wire. The addresses outside the link-local ranges are those under which
 * clouds serve their metadata or their host agent.
 */
const NEVER: readonly Network[] = [
  "169.254.0.0/16", // link-local, RFC 3927; AWS, Azure, Google Cloud, DigitalOcean and Oracle metadata
  "fe80::/10", // link-local, RFC 4291
  "fd00:ec2::/32", // AWS: metadata at ::254, DNS at ::253, EC2 instance metadata documentation
  "fd20:ce::254/128", // Google Cloud metadata over IPv6
  "100.100.100.200/32", // Alibaba Cloud metadata
  "168.63.129.16/32", // Azure's host agent, a public address: learn.microsoft.com, "What is IP address 168.63.129.16?"
].map((cidr) => ipaddr.parseCIDR(cidr));

const NAT64 = ipaddr.parseCIDR("64:ff9b::/96"); // RFC 6052
const LOCAL_NAT64 = ipaddr.parseCIDR("64:ff9b:1::/48"); // RFC 8215
const TRANSLATED = ipaddr.parseCIDR("::ffff:0:0:0/96"); // RFC 2765
const COMPATIBLE = ipaddr.parseCIDR("::/96"); // RFC 4291, deprecated
const SIX_TO_FOUR = ipaddr.parseCIDR("2002::/16"); // RFC 3056
const TEREDO = ipaddr.parseCIDR("2001::/32"); // RFC 4380

/** Parses an address that `net.isIP` accepts; an IPv4-mapped one becomes the IPv4 address that it reaches. */
export function parseAddress(literal: string): Address {
  const bare = literal.replace(/%.*$/, "");
  // Written as `::1.2.3.4`, ipaddr.js mistakes a compatible address for a mapped one; in hexadecimal it does not.
  const hex = bare.includes(":") ? new URL(`http://[${bare}]`).hostname.slice(1, -1) : bare;
  return ipaddr.process(hex);
}

export function covers([network, bits]: Network, address: Address): boolean {
  return network.kind() === address.kind() && address.match(network, bits);
}

/** Whether an address, or a whole network given by its length, lies in a range that never opens. */
export function neverReachable(address: Address, bits = 128): boolean {
  return NEVER.some((never) => bits >= never[1] && covers(never, address));
}

/** Whether the registries call it an ordinary address of the public internet. */
export function isPublic(address: Address): boolean {
  // ipaddr.js knows the special-purpose registries but takes IPv4-compatible addresses for ordinary ones.
  return address.range() === "unicast" && !covers(COMPATIBLE, address);
}

/** Whether it stands for an IPv4 address and nothing else, as networks with DNS64 hand out for every IPv4 host. */
export function isNat64(address: Address): boolean {
  return covers(NAT64, address);
}

/** The IPv4 addresses that a gateway or a tunnel would reach for this IPv6 address. */
export function embeddedIPv4(address: Address): ipaddr.IPv4[] {
  if (address.kind() === "ipv4") return [];
  const bytes = address.toByteArray();
  const at = (offset: number): ipaddr.IPv4 => new ipaddr.IPv4(bytes.slice(offset, offset + 4));

  if (covers(SIX_TO_FOUR, address)) return [at(2)];
  if (covers(TEREDO, address)) {
    // The server in clear, the client with every bit turned over.
    return [at(4), new ipaddr.IPv4(bytes.slice(12).map((byte) => byte ^ 0xff))];
  }
  const range = address.range();
  if (range === "loopback" || range === "unspecified") return [];
  const tail = [NAT64, LOCAL_NAT64, TRANSLATED, COMPATIBLE];
  return tail.some((network) => covers(network, address)) ? [at(12)] : [];
}
