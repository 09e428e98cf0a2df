import manifest from "../../package.json" with { type: "json" };
import { createAccess } from "../access/access.ts";
import type { Audit } from "../access/audit.ts";
import type { Keys } from "../access/keys.ts";
import type { Config } from "../config.ts";
import type { Context } from "../graphql/context.ts";
import { createMaskError } from "../graphql/errors.ts";
import type { Reach } from "../graphql/reach/reach.ts";
import { reachOf } from "../graphql/reach/reach.ts";
import { schema } from "../graphql/schema.ts";
import type { KeyUse } from "../http/admission.ts";
import type { Call } from "../http/pipeline.ts";
import type { HttpServer } from "../http/server.ts";
import { listen } from "../http/server.ts";
import type { Log } from "../lib/log.ts";
import type { Overrides } from "../overrides.ts";
import { useRest } from "../rest/plugin.ts";
import type { MediaRoom } from "../media/media.ts";
import type { Database } from "../store/database.ts";

/** The rooms that resolvers reach. */
export interface Rooms extends Reach, Pick<Context, "events" | "throughput" | "health"> {
  readonly media: MediaRoom;
  readonly keys: Keys;
  readonly audit: Audit;
}

/** Opens HTTP, SSE and WebSocket on the rooms; who may come in is for the configuration and the keys to say. */
export function openDoor(
  config: Config,
  { media, ...rooms }: Rooms,
  database: Database,
  log: Log,
  { simulator }: Pick<Overrides, "simulator">,
): Promise<HttpServer> {
  const { port, host, allowedOrigins, allowedHosts, baseUrl, apiKey } = config;
  const { keys, audit, health } = rooms;
  const { version } = manifest;
  const maskError = createMaskError(log);
  const context = ({ origin, ...call }: Call): Context => {
    const base = baseUrl ?? origin;
    const mediaUrls: Context["mediaUrls"] = (messages) => media.urls(messages, base);
    const reach = reachOf(rooms, call.caller);
    return { ...call, ...rooms, ...reach, mediaUrls, mediaCopies: media.copies, log, version };
  };
  const onKeyUse = (use: KeyUse): void => {
    const fact = { ...use, at: new Date(), target: use.keyId, instanceId: null };
    audit.note(fact).catch((err: unknown) => {
      log.error("the use of a key is not on the audit trail", { ...use, err });
    });
  };
  return listen({
    port,
    host,
    baseUrl,
    allowedOrigins,
    allowedHosts,
    access: createAccess({ apiKey, keys, vault: database.vault }),
    onKeyUse,
    api: { schema, context, maskError, openMedia: media.open, plugins: [useRest(maskError)] },
    readiness: health.readiness,
    simulator,
    log,
  });
}
