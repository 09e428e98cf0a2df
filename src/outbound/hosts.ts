import { isIP } from "node:net";
import type { Answer } from "./resolve.ts";

/** Addresses by name, in lower case. */
export type Hosts = ReadonlyMap<string, readonly Answer[]>;

/** The hosts file: an address and its names per line, `#` before a remark. What is not an address is passed over. */
export function parseHosts(text: string): Hosts {
  const hosts = new Map<string, Answer[]>();
  for (const line of text.split("\n")) {
    const [address = "", ...names] = (line.split("#")[0] ?? "").trim().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names.map((each) => each.toLowerCase())) {
      const answers = hosts.get(name) ?? [];
      answers.push({ address, family });
      hosts.set(name, answers);
    }
  }
  return hosts;
}
