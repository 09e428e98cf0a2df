import { BlockList, isIP } from "node:net";
import { GatewayError } from "../domain/errors.ts";

interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** The addresses that may use a key. @throws GatewayError BAD_INPUT */
export function networksOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const { address, prefix, family } = networkOf(cidr);
    list.addSubnet(address, prefix, family);
  }
  return list;
}

export function isIn(networks: BlockList, address: string | undefined): boolean {
  // IPv4 in IPv6 clothes is how a socket that listens on both families names its callers.
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "";
  const family = isIP(plain);
  return family !== 0 && networks.check(plain, family === 6 ? "ipv6" : "ipv4");
}

/** Whether every address of the one is in one of the others. @throws GatewayError BAD_INPUT */
export function isWithin(cidr: string, others: readonly string[]): boolean {
  const { address, prefix, family } = networkOf(cidr);
  return others.some((other) => {
    const outer = networkOf(other);
    const isWider = outer.family === family && outer.prefix <= prefix;
    return isWider && networksOf([other]).check(address, family);
  });
}

/** @throws GatewayError BAD_INPUT */
function networkOf(cidr: string): Network {
  const [address = "", bits, ...rest] = cidr.split("/");
  // A zone (`fe80::1%eth0`) means something on one machine only.
  const family = address.includes("%") ? 0 : isIP(address);
  const width = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (family === 0 || rest.length > 0 || prefix < 0 || prefix > width) {
    const message = `"${cidr}" is no address or network such as 10.0.0.0/8.`;
    throw new GatewayError("BAD_INPUT", message);
  }
  return { address, prefix, family: family === 6 ? "ipv6" : "ipv4" };
}
