import { getWAUploadToServer, type SocketConfig } from "../library.ts";
import type { Upload } from "../outgoing/file.ts";
import { createHosts, type HostsOptions } from "./hosts.ts";

export interface UploadOptions extends HostsOptions {
  readonly logger: SocketConfig["logger"];
  readonly proxy: string | null;
}

/**
 * Baileys' upload with hosts that we ask for: its own keeps a failed question for ever, so that one
 * late answer would end all uploads of the connection.
 */
export function createUpload({ query, network, logger, proxy }: UploadOptions): Upload {
  const hosts = createHosts({ query, network });
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
