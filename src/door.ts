import manifest from "../package.json" with { type: "json" };
import { createAccess } from "./access/access.ts";
import type { Config } from "./config.ts";
import type { Context } from "./graphql/context.ts";
import { createMaskError } from "./graphql/errors.ts";
import { schema } from "./graphql/schema.ts";
import type { Call } from "./http/pipeline.ts";
import type { HttpServer } from "./http/server.ts";
import { listen } from "./http/server.ts";
import type { Log } from "./lib/log.ts";
import { useRest } from "./rest/plugin.ts";
import type { MediaRoom } from "./media/media.ts";
import type { Database } from "./store/database.ts";
import { readinessOf } from "./store/readiness.ts";

/** The rooms that resolvers reach. */
export interface Rooms extends Pick<Context, "instances" | "messages" | "webhooks" | "events"> {
  readonly media: MediaRoom;
}

/** Opens HTTP, SSE and WebSocket on the rooms; who may come in is the configuration's word. */
export function openDoor(
  config: Config,
  { media, ...rooms }: Rooms,
  database: Database,
  log: Log,
): Promise<HttpServer> {
  const { port, host, allowedOrigins, allowedHosts, apiKey, dataDir } = config;
  const { version } = manifest;
  const maskError = createMaskError(log);
  const context = ({ origin, ...call }: Call): Context => {
    const base = config.baseUrl ?? origin;
    return { ...call, ...rooms, mediaUrls: (messages) => media.urls(messages, base), log, version };
  };
  return listen({
    port,
    host,
    allowedOrigins,
    allowedHosts,
    access: createAccess({ apiKey }),
    api: { schema, context, maskError, openMedia: media.open, plugins: [useRest(maskError)] },
    readiness: readinessOf(database, dataDir),
    log,
  });
}
