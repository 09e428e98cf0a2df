import { BlockList, isIP } from "node:net";
import type { LogLevel } from "./lib/log.ts";
import { LOG_LEVELS } from "./lib/log.ts";

/** Says what a value should have been. The name of the variable is added by whoever reads it. */
export class BadValue extends Error {}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

export function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 6 ? "ipv6" : "ipv4");
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new BadValue(`must be a whole number from ${least} to ${most}`);
  };
}

export function oneOf<T extends string>(...choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text.toLowerCase());
    if (found !== undefined) return found;
    throw new BadValue(`must be one of ${choices.join(", ")}`);
  };
}

export function trueOrFalse(text: string): boolean {
  return oneOf("true", "false")(text) === "true";
}

/** Entries are separated by commas; a bad one is pointed at by its place, since it may be a secret. */
export function listOf<T>(parse: (text: string) => T): (text: string) => readonly T[] {
  return (text) => {
    const entries = text.split(",").map((entry) => entry.trim());
    return Object.freeze(entries.filter((entry) => entry !== "").map(parse));
  };
}

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

export function hostName(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (isIP(host) !== 0 || HOST_NAME.test(host)) return host;
  throw new BadValue("must be an IP address or a host name, without a port");
}

/** Published defaults and examples: scanners try them first. */
const WELL_KNOWN = new Set(["429683c4c977415caafcce10f7d57e11"]);

export function secretKey(text: string): string {
  if (/[^\x21-\x7e]/.test(text)) {
    throw new BadValue("must be printable ASCII without spaces, or it cannot travel in a header");
  }
  if (text.length < 32) {
    throw new BadValue("must have at least 32 characters; openssl rand -hex 32 makes a good one");
  }
  const repetitive = new Set(text).size < 8 || /change_?-?me|example|your-?_?api/i.test(text);
  if (repetitive || WELL_KNOWN.has(text.toLowerCase())) {
    throw new BadValue("is known or easily guessed; openssl rand -hex 32 makes a good one");
  }
  return text;
}

export function encryptionKey(text: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  // Buffer skips what is not base64, so that a mistyped key would silently be another key.
  const exact = bytes.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "");
  if (exact && bytes.length === 32) return bytes;
  throw new BadValue("must be 32 bytes in base64; openssl rand -base64 32 makes them");
}

function webUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  const web = url?.protocol === "http:" || url?.protocol === "https:";
  return web && url.username === "" && url.password === "" ? url : undefined;
}

export function baseUrl(text: string): string {
  const url = webUrl(text);
  if (url && url.search === "" && url.hash === "") return url.href.replace(/\/+$/, "");
  throw new BadValue("must be an http:// or https:// address without a query and without a user");
}

export function origin(text: string): string {
  const url = webUrl(text);
  if (url && url.pathname === "/" && url.search === "" && url.hash === "") return url.origin;
  throw new BadValue(
    "must list origins such as https://app.example.com, without paths and without *",
  );
}

export function allowedHost(text: string): string {
  const host = text.toLowerCase();
  const [, name = "", port = "1"] = /^(.*?)(?::(\d{1,5}))?$/.exec(host) ?? [];
  const address = /^\[(.*)\]$/.exec(name)?.[1];
  const known = address === undefined ? HOST_NAME.test(name) : isIP(address) === 6;
  if (known && Number(port) >= 1 && Number(port) <= 65_535) return host;
  throw new BadValue(
    "must list host names, each with or without a port, such as gateway.local:5000",
  );
}

export function privateTarget(text: string): string {
  const [address = "", bits, ...rest] = text.replace(/^\[(.*)\]$/, "$1").split("/");
  const width = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const network = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width);
  if (rest.length === 0 && (width > 0 ? network : HOST_NAME.test(text.toLowerCase()))) return text;
  throw new BadValue("must list host names, IP addresses or CIDRs such as 10.0.0.0/8");
}

export function databaseUrl(text: string): string {
  if (/^file:./.test(text)) return text;
  if (/^postgres(ql)?:\/\//.test(text)) {
    throw new BadValue("cannot be PostgreSQL yet; use file:./data/wagraph.db or leave it out");
  }
  throw new BadValue("must be a file: URL such as file:./data/wagraph.db");
}

export function whatsappUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "wss:") return text;
  const host = url?.hostname.replace(/^\[(.*)\]$/, "$1") ?? "";
  if (url?.protocol === "ws:" && isLoopback(host)) return text;
  throw new BadValue("must be a wss:// address; ws:// is for the simulator on this machine only");
}

export function version(text: string): readonly [number, number, number] {
  const [, patch] = /^2\.3000\.(\d{1,12})$/.exec(text) ?? [];
  if (patch !== undefined) return [2, 3000, Number(patch)];
  throw new BadValue("must look like 2.3000.1023223821");
}

export function s3Endpoint(text: string): string {
  const url = webUrl(text);
  if (url && url.pathname === "/" && url.search === "" && url.hash === "") return url.origin;
  throw new BadValue("must be an http:// or https:// address without a path and without a user");
}

export function region(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/i.test(text)) return text;
  throw new BadValue("must look like eu-central-1, or auto");
}

export function bucketName(text: string): string {
  if (/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(text)) return text;
  throw new BadValue("must be a bucket's name: 3 to 63 letters, digits, dots and hyphens");
}

/** Names are signed as they stand: what would have to be encoded is signed differently by each S3. */
export function prefix(text: string): string {
  const parts = text.replace(/^\/+|\/+$/g, "").split("/");
  if (parts.every((part) => /^(?!\.{1,2}$)[\w.-]{1,100}$/.test(part)) && parts.length <= 5) {
    return `${parts.join("/")}/`;
  }
  throw new BadValue(
    "must be up to 5 names of letters, digits, dots, _ and -, such as wagraph/media",
  );
}

export function visible(text: string): string {
  if (/^[\x21-\x7e]{1,512}$/.test(text)) return text;
  throw new BadValue("must be printable ASCII without spaces");
}

export function logLevel(text: string): LogLevel {
  const found = LOG_LEVELS.find((level) => level === text.toLowerCase());
  if (found) return found;
  throw new BadValue(`must be one of ${LOG_LEVELS.join(", ")}`);
}
