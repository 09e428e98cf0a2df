import { Agent, get } from "node:https";
import { get as getPlain } from "node:http";
import type { IncomingMessage } from "node:http";
import { asError, GatewayError } from "../../../domain/errors.ts";
import { openRoute, type ReachHost } from "../proxy/route.ts";
import { isLoopback } from "../socket-url.ts";

/** Where attachments may be fetched from and brought to. */
export interface MediaNetwork {
  /** Whether a host may be spoken to: a stranger's message names the address of its attachment. */
  allows(hostname: string): boolean;
  /** The host, and port, of what is known by its path alone. */
  usualHost(): Promise<string>;
  /**
   * The agent that trusts the hosts' certificates; nothing for the machine's own trust.
   * @param proxy the URL of the proxy to go through
   * @throws Error in words, when the proxy may not be reached
   */
  agent(proxy?: string | null): Promise<Agent | undefined>;
}

/** WhatsApp's own media hosts, or those of a simulator on this machine with the authority it made. */
export function mediaNetwork(socketUrl: URL, reach: ReachHost): MediaNetwork {
  const through = async (proxy: string, ca?: string) => (await openRoute(proxy, reach, ca)).agent;
  if (socketUrl.protocol === "wss:") {
    return {
      allows: (hostname) => hostname.endsWith(".whatsapp.net"),
      usualHost: () => Promise.resolve("mmg.whatsapp.net"),
      agent: async (proxy) => (proxy ? through(proxy) : undefined),
    };
  }
  const authority = new URL("/ca.pem", `http://${socketUrl.host}`);
  let trusted: Promise<{ readonly ca: string; readonly agent: Agent }> | undefined;
  return {
    allows: isLoopback,
    usualHost: () => fetchText(new URL("/media-host", `http://${socketUrl.host}`)),
    async agent(proxy) {
      trusted ??= fetchText(authority).then((ca) => ({ ca, agent: new Agent({ ca }) }));
      // The simulator may not be up yet: the next use asks again.
      trusted.catch(() => (trusted = undefined));
      const { ca, agent } = await trusted;
      return proxy ? through(proxy, ca) : agent;
    },
  };
}

/** WhatsApp deletes attachments after some weeks. */
const GONE: ReadonlySet<number> = new Set([404, 410]);

/** How long a host may be silent. */
const IDLE_MS = 30_000;

/**
 * Opens a download over TLS. Redirects are not followed: they could lead anywhere.
 * @throws GatewayError MEDIA_GONE when the host has it no more, MEDIA_UNREACHABLE when it is not allowed or does not answer.
 */
export async function openDownload(
  url: URL,
  network: MediaNetwork,
  signal: AbortSignal | undefined,
  proxy: string | null | undefined,
): Promise<IncomingMessage> {
  if (url.protocol !== "https:" || !network.allows(url.hostname)) {
    throw unreachable("The message names a host that is none of WhatsApp's.");
  }
  const agent = await network.agent(proxy).catch((error: unknown) => {
    throw unreachable("Its way there is closed.", asError(error));
  });
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(unreachable("The host did not answer.", error));
    const request = get(
      url,
      {
        timeout: IDLE_MS,
        headers: { origin: "https://web.whatsapp.com" },
        ...(agent === undefined ? {} : { agent }),
        ...(signal === undefined ? {} : { signal }),
      },
      (response) => {
        if (response.statusCode === 200) {
          resolve(response);
          return;
        }
        response.destroy();
        const { statusCode = 0 } = response;
        reject(GONE.has(statusCode) ? gone() : unreachable(`The host answered ${statusCode}.`));
      },
    );
    request.on("timeout", () => request.destroy(new Error(`silent for ${IDLE_MS} ms`)));
    request.on("error", fail);
  });
}

function gone(): GatewayError {
  return new GatewayError("MEDIA_GONE", "WhatsApp does not keep this attachment any more.");
}

function unreachable(what: string, cause?: Error): GatewayError {
  return new GatewayError(
    "MEDIA_UNREACHABLE",
    `The attachment cannot be fetched. ${what}`,
    {},
    cause,
  );
}

/** Far above any certificate, far below anything that hurts. */
const MAX_PEM_BYTES = 64 * 1024;

async function fetchText(url: URL): Promise<string> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    getPlain(url, { timeout: IDLE_MS }, resolve).on("error", reject);
  });
  let text = "";
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > MAX_PEM_BYTES) throw new Error(`${url.href} is too long`);
  }
  if (response.statusCode !== 200) throw new Error(`${url.href} answered ${response.statusCode}`);
  return text;
}
