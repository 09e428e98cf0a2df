import { GatewayError } from "../../../domain/errors.ts";
import type { BinaryNode, WASocket } from "../library.ts";
import type { MediaNetwork } from "./network.ts";

export type Hosts = Awaited<ReturnType<WASocket["refreshMediaConn"]>>;

export interface HostsOptions {
  readonly query: (node: BinaryNode) => Promise<BinaryNode | undefined>;
  readonly network: MediaNetwork;
}

/**
 * WhatsApp's media hosts, asked of it and remembered for as long as it says.
 * @throws GatewayError UNAVAILABLE when it names none that may be spoken to
 */
export function createHosts({ query, network }: HostsOptions): (fresh: boolean) => Promise<Hosts> {
  let known: Hosts | undefined;

  function readHosts(answer: BinaryNode | undefined): Hosts {
    const connection = childrenOf(answer).find(({ tag }) => tag === "media_conn");
    const allowed = childrenOf(connection).flatMap(({ tag, attrs }) => {
      const { hostname } = attrs;
      if (tag !== "host" || hostname === undefined) return [];
      const bare = new URL(`https://${hostname}`).hostname;
      return network.allows(bare) ? [{ hostname, maxContentLengthBytes: 0 }] : [];
    });
    if (connection === undefined || allowed.length === 0) {
      throw new GatewayError("UNAVAILABLE", "WhatsApp named no host for files.");
    }
    const { auth, ttl } = connection.attrs;
    return { auth: auth ?? "", ttl: Number(ttl) || 60, hosts: allowed, fetchDate: new Date() };
  }

  return async (fresh) => {
    const usable = known && Date.now() - known.fetchDate.getTime() < known.ttl * 1000;
    if (known === undefined || fresh || !usable) known = readHosts(await query(mediaQuery()));
    return known;
  };
}

function mediaQuery(): BinaryNode {
  return {
    tag: "iq",
    attrs: { type: "set", xmlns: "w:m", to: "s.whatsapp.net" },
    content: [{ tag: "media_conn", attrs: {} }],
  };
}

function childrenOf(node: BinaryNode | undefined): readonly BinaryNode[] {
  return Array.isArray(node?.content) ? node.content : [];
}
