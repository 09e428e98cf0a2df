import { GatewayError } from "../../../domain/errors.ts";
import {
  type BinaryNode,
  getWAUploadToServer,
  type SocketConfig,
  type WASocket,
} from "../library.ts";
import type { Upload } from "../outgoing/file.ts";
import type { MediaNetwork } from "./network.ts";

type Hosts = Awaited<ReturnType<WASocket["refreshMediaConn"]>>;

export interface UploadOptions {
  readonly query: (node: BinaryNode) => Promise<BinaryNode | undefined>;
  readonly network: MediaNetwork;
  readonly logger: SocketConfig["logger"];
  readonly proxy: string | null;
}

/**
 * Baileys' upload with hosts that we ask for: its own keeps a failed question for ever, so that one
 * late answer would end all uploads of the connection.
 */
export function createUpload({ query, network, logger, proxy }: UploadOptions): Upload {
  let known: Hosts | undefined;

  async function hosts(fresh: boolean): Promise<Hosts> {
    const usable = known && Date.now() - known.fetchDate.getTime() < known.ttl * 1000;
    if (known === undefined || fresh || !usable) known = readHosts(await query(mediaQuery()));
    return known;
  }

  function readHosts(answer: BinaryNode | undefined): Hosts {
    const connection = childrenOf(answer).find(({ tag }) => tag === "media_conn");
    const allowed = childrenOf(connection).flatMap(({ tag, attrs }) => {
      const { hostname } = attrs;
      if (tag !== "host" || hostname === undefined) return [];
      const bare = new URL(`https://${hostname}`).hostname;
      return network.allows(bare) ? [{ hostname, maxContentLengthBytes: 0 }] : [];
    });
    if (connection === undefined || allowed.length === 0) {
      throw new GatewayError("UNAVAILABLE", "WhatsApp named no host to upload to.");
    }
    const { auth, ttl } = connection.attrs;
    return { auth: auth ?? "", ttl: Number(ttl) || 60, hosts: allowed, fetchDate: new Date() };
  }

  return async (path, options) => {
    const fetchAgent = await network.agent(proxy);
    const config = {
      customUploadHosts: [],
      logger,
      options: {},
      ...(fetchAgent && { fetchAgent }),
    };
    return getWAUploadToServer(config as unknown as SocketConfig, hosts)(path, options);
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
