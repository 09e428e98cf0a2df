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
import type { Database } from "./store/database.ts";
import { readinessOf } from "./store/readiness.ts";

/** The rooms that resolvers reach. */
export type Rooms = Pick<Context, "instances" | "messages" | "webhooks" | "events">;

/** Opens HTTP, SSE and WebSocket on the rooms; who may come in is the configuration's word. */
export function openDoor(
  config: Config,
  rooms: Rooms,
  database: Database,
  log: Log,
): Promise<HttpServer> {
  const { port, host, allowedOrigins, allowedHosts, apiKey, dataDir } = config;
  const { version } = manifest;
  const maskError = createMaskError(log);
  const context = (call: Call): Context => ({ ...call, ...rooms, log, version });
  return listen({
    port,
    host,
    allowedOrigins,
    allowedHosts,
    access: createAccess({ apiKey }),
    api: { schema, context, maskError, plugins: [useRest(maskError)] },
    readiness: readinessOf(database, dataDir),
    log,
  });
}
