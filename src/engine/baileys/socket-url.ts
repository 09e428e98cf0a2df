import { GatewayError } from "../../domain/errors.ts";

export const WHATSAPP_URL = "wss://web.whatsapp.com/ws/chat";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host name, as `URL.hostname` gives it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * The address to connect to. TLS is the only thing that proves to us that WhatsApp is at the other
 * end (Baileys does not check the certificates inside), so without TLS it has to be this machine.
 * @throws GatewayError BAD_INPUT for anything but `wss://` and `ws://` to loopback.
 */
export function socketUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "wss:") return url;
  if (url?.protocol === "ws:" && isLoopback(url.hostname)) return url;
  throw new GatewayError(
    "BAD_INPUT",
    "The WhatsApp address must begin with wss://, or with ws:// and name this machine.",
  );
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)$/;

/** @throws GatewayError BAD_INPUT unless it looks like `2.3000.1023`. */
export function clientVersion(text: string): [number, number, number] {
  const parts = VERSION.exec(text);
  if (parts === null) {
    throw new GatewayError("BAD_INPUT", "The WhatsApp version must look like 2.3000.1023.");
  }
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}
