import type { Agent } from "node:https";
import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { callbackify } from "node:util";
import { HttpsProxyAgent } from "https-proxy-agent";
import { SocksProxyAgent } from "socks-proxy-agent";
import { Agent as Dispatcher } from "undici";
import { asError } from "../../../domain/errors.ts";

/** Resolves a host to an address that may be connected to. @throws Error in words */
export type ReachHost = (host: string) => Promise<string>;

/** A way to WhatsApp through a proxy. */
export interface Route {
  /** For the WebSocket and what Node's own client carries. */
  readonly agent: Agent;
  /** For what is fetched. */
  readonly dispatcher: Dispatcher;
  /** Why the proxy has let nothing through at the last try, in words without credentials. */
  readonly failure: string | undefined;
}

/** How long a proxy may take to answer, in milliseconds. */
const ANSWER_MS = 20_000;

type Connect = (request: unknown, options: object) => Promise<Socket>;

/**
 * A route through the proxy at this URL: `http:`, `https:` or `socks5:`. Its name is resolved once and judged;
 * WhatsApp's names are resolved by the proxy.
 * @param ca trusted instead of the machine's own authorities
 * @throws Error in words, when the proxy may not be reached or has no address
 */
export async function openRoute(text: string, reach: ReachHost, ca?: string): Promise<Route> {
  const url = new URL(text);
  const address = await reach(url.hostname.replace(/^\[(.*)\]$/, "$1"));
  const family = address.includes(":") ? 6 : 4;
  /** Whatever is asked for now, only this was judged. */
  const lookup = (_: string, options: { all?: boolean }, done: LookedUp) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);
  const agent =
    url.protocol === "socks5:"
      ? new SocksProxyAgent(text.replace("socks5:", "socks5h:"), {
          timeout: ANSWER_MS,
          socketOptions: { lookup } as never,
        })
      : new HttpsProxyAgent(text, { lookup } as never);
  if (ca !== undefined) Object.assign(agent.options, { ca });
  let failure: string | undefined;
  const connect = agent.connect.bind(agent) as unknown as Connect;
  const watched: Connect = async (request, options) => {
    failure = undefined;
    try {
      return await connect(request, options);
    } catch (error) {
      failure = `cannot be reached: ${asError(error).message}`;
      throw error;
    }
  };
  agent.on("proxyConnect", ({ statusCode, statusText }: Answered) => {
    if (statusCode !== 200) failure = `refuses: HTTP ${statusCode} ${statusText}`.trim();
  });
  return {
    agent: Object.assign(agent, { connect: watched }) as unknown as Agent,
    dispatcher: new Dispatcher({ connect: connector(watched, () => failure, ca) }),
    get failure() {
      return failure;
    },
  };
}

type LookedUp = (error: null, found: unknown, family?: number) => void;

interface Answered {
  readonly statusCode: number;
  readonly statusText: string;
}

/** The same way for undici, whose own proxies would look up the name again. */
function connector(connect: Connect, failure: () => string | undefined, ca: string | undefined) {
  const open = callbackify(
    async (options: { hostname: string; port: string; protocol: string }) => {
      const { hostname: host, port, protocol } = options;
      const secureEndpoint = protocol === "https:";
      const target = {
        host,
        port: Number(port || (secureEndpoint ? 443 : 80)),
        secureEndpoint,
        ca,
      };
      const request = new EventEmitter();
      const socket = await connect(request, target);
      const refused = failure();
      if (refused === undefined) return socket;
      socket.destroy();
      throw new Error(`The proxy ${refused}.`);
    },
  );
  return (options: object, done: (...args: [Error, null] | [null, Socket]) => void): void => {
    open(options as never, done as never);
  };
}

/** How the proxy is named to people: without credentials. */
export function proxyName(text: string): string {
  const { host } = new URL(text);
  return host;
}
