import { isIP } from "node:net";
import { OutboundError } from "./errors.ts";
import { opens, type PrivateTargets } from "./private-targets.ts";
import {
  type Address,
  embeddedIPv4,
  isNat64,
  isPublic,
  neverReachable,
  parseAddress,
} from "./ranges.ts";

/** `closed` can be opened by the operator; `never` cannot. */
export type Verdict = "closed" | "never" | "open";

/**
 * Judges one IP address as `net.isIP` accepts it. An IPv6 address that carries an IPv4 address is
 * open only if that one is too.
 *
 * @param host the name that resolved to it, if a name did: an opened name opens its addresses.
 */
export function judgeAddress(literal: string, targets: PrivateTargets, host?: string): Verdict {
  return isIP(literal) === 0 ? "never" : judge(parseAddress(literal), targets, host);
}

function judge(address: Address, targets: PrivateTargets, host: string | undefined): Verdict {
  if (neverReachable(address)) return "never";
  const inner = new Set(embeddedIPv4(address).map((carried) => judge(carried, targets, host)));
  if (inner.has("never")) return "never";
  if (inner.has("closed")) return "closed";
  const open = isPublic(address) || isNat64(address) || opens(targets, address, host);
  return open ? "open" : "closed";
}

/** The error for an address that was not judged open. It names the host as the user wrote it, never what it resolved to. */
export function blocked(host: string, verdict: Exclude<Verdict, "open">): OutboundError {
  const why =
    verdict === "never"
      ? "is link-local or a cloud's metadata service, which is never reachable"
      : "is inside a private or reserved network; only hosts and CIDRs in PRIVATE_TARGETS may be reached there";
  return new OutboundError("BLOCKED_ADDRESS", `"${host}" ${why}`);
}
