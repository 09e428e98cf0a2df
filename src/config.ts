import { BlockList, isIP } from "node:net";
import { join } from "node:path";
import type { LogLevel } from "./lib/log.ts";
import { LOG_LEVELS } from "./lib/log.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** For how long things are kept, and how many at most. */
interface Retention {
  readonly days: number;
  readonly count: number;
}

/** What the operator decided, checked and frozen. It holds secrets: it is never logged as a whole. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Without a final slash. If left out, links are made from the request. */
  readonly baseUrl: string | undefined;
  readonly dataDir: string;
  /** `file:` URL of the SQLite database. */
  readonly databaseUrl: string;
  readonly apiKey: string | undefined;
  /** 32 bytes. */
  readonly encryptionKey: Uint8Array | undefined;
  readonly oldEncryptionKeys: readonly Uint8Array[];
  /** As browsers send them: `https://app.example.com`. */
  readonly allowedOrigins: readonly string[];
  /** Lower-case names, with a port where only that port is meant. */
  readonly allowedHosts: readonly string[];
  /** Host names, addresses and CIDRs of private networks that may be reached. */
  readonly privateTargets: readonly string[];
  readonly eventRetention: Retention;
  readonly auditRetention: Retention;
  /** After how many days messages are removed. If left out, they are kept. */
  readonly messageRetentionDays: number | undefined;
  readonly whatsappUrl: string | undefined;
  readonly whatsappVersion: readonly [number, number, number] | undefined;
  readonly logLevel: LogLevel;
}

/** Says everything that is wrong at once, by name and without any value that may be a secret. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    super(`The environment cannot be used:\n${list}`);
    this.problems = problems;
  }
}

/** Says what a value should have been. The name of the variable is added by whoever reads it. */
class BadValue extends Error {}

/**
 * The only reader of the environment. An empty variable counts as one that is not set, as compose
 * files and `.env` templates mean it.
 * @throws ConfigError that lists every bad variable.
 */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];

  /** A stand-in is returned for a bad value, so that one start finds every other bad one too. */
  function read<T>(name: string, fallback: T, parse: (text: string) => T): T {
    const text = env[name]?.trim() ?? "";
    if (text === "") return fallback;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      problems.push(`${name} ${error.message}`);
      return fallback;
    }
  }

  const retention = (days: string, usualDays: number, count: string): Retention =>
    Object.freeze({
      days: read(days, usualDays, wholeNumber(1, 36_500)),
      count: read(count, 1_000_000, wholeNumber(1, Number.MAX_SAFE_INTEGER)),
    });

  const dataDir = read("DATA_DIR", "./data", (text) => text);
  const host = read("HOST", "127.0.0.1", hostName);
  const apiKey = read<string | undefined>("API_KEY", undefined, secretKey);
  // Judged by whether one was given: a key that is too short is not made worse by a second complaint.
  const keyed = (env["API_KEY"]?.trim() ?? "") !== "";
  if (!keyed && !isLoopback(host)) {
    problems.push(
      `HOST ${host} can be reached from other machines, and there is no API_KEY, so everyone there could ` +
        "use your WhatsApp accounts. Either set API_KEY to a secret of at least 32 characters " +
        "(openssl rand -hex 32 makes one), or leave HOST out to listen on this machine only",
    );
  }
  read("NATS_URL", undefined, () => {
    throw new BadValue("cannot be used yet: a cluster needs PostgreSQL, which is still to come");
  });

  const config: Config = {
    port: read("PORT", 5000, wholeNumber(0, 65_535)),
    host,
    baseUrl: read<string | undefined>("BASE_URL", undefined, baseUrl),
    dataDir,
    databaseUrl: read("DATABASE_URL", `file:${join(dataDir, "wagraph.db")}`, databaseUrl),
    apiKey,
    encryptionKey: read<Uint8Array | undefined>("ENCRYPTION_KEY", undefined, encryptionKey),
    oldEncryptionKeys: read("ENCRYPTION_KEYS_OLD", [], listOf(encryptionKey)),
    allowedOrigins: read("ALLOWED_ORIGINS", [], listOf(origin)),
    allowedHosts: read("ALLOWED_HOSTS", [], listOf(allowedHost)),
    privateTargets: read("PRIVATE_TARGETS", keyed ? [] : LOOPBACK, listOf(privateTarget)),
    eventRetention: retention("EVENT_RETENTION_DAYS", 7, "EVENT_RETENTION_COUNT"),
    auditRetention: retention("AUDIT_RETENTION_DAYS", 365, "AUDIT_RETENTION_COUNT"),
    messageRetentionDays: read<number | undefined>(
      "MESSAGE_RETENTION_DAYS",
      undefined,
      wholeNumber(1, 36_500),
    ),
    whatsappUrl: read<string | undefined>("WHATSAPP_URL", undefined, whatsappUrl),
    whatsappVersion: read<Config["whatsappVersion"]>("WHATSAPP_VERSION", undefined, version),
    logLevel: read("LOG_LEVEL", "info", logLevel),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

const LOOPBACK = Object.freeze(["127.0.0.0/8", "::1/128"]);

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 6 ? "ipv6" : "ipv4");
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new BadValue(`must be a whole number from ${least} to ${most}`);
  };
}

/** Entries are separated by commas; a bad one is pointed at by its place, since it may be a secret. */
function listOf<T>(parse: (text: string) => T): (text: string) => readonly T[] {
  return (text) => {
    const entries = text.split(",").map((entry) => entry.trim());
    return Object.freeze(entries.filter((entry) => entry !== "").map(parse));
  };
}

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

function hostName(text: string): string {
  const host = text.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (isIP(host) !== 0 || HOST_NAME.test(host)) return host;
  throw new BadValue("must be an IP address or a host name, without a port");
}

/** Published defaults and examples: scanners try them first. */
const WELL_KNOWN = new Set(["429683c4c977415caafcce10f7d57e11"]);

function secretKey(text: string): string {
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

function encryptionKey(text: string): Uint8Array {
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

function baseUrl(text: string): string {
  const url = webUrl(text);
  if (url && url.search === "" && url.hash === "") return url.href.replace(/\/+$/, "");
  throw new BadValue("must be an http:// or https:// address without a query and without a user");
}

function origin(text: string): string {
  const url = webUrl(text);
  if (url && url.pathname === "/" && url.search === "" && url.hash === "") return url.origin;
  throw new BadValue(
    "must list origins such as https://app.example.com, without paths and without *",
  );
}

function allowedHost(text: string): string {
  const host = text.toLowerCase();
  const [, name = "", port = "1"] = /^(.*?)(?::(\d{1,5}))?$/.exec(host) ?? [];
  const address = /^\[(.*)\]$/.exec(name)?.[1];
  const known = address === undefined ? HOST_NAME.test(name) : isIP(address) === 6;
  if (known && Number(port) >= 1 && Number(port) <= 65_535) return host;
  throw new BadValue(
    "must list host names, each with or without a port, such as gateway.local:5000",
  );
}

function privateTarget(text: string): string {
  const [address = "", bits, ...rest] = text.replace(/^\[(.*)\]$/, "$1").split("/");
  const width = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const network = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width);
  if (rest.length === 0 && (width > 0 ? network : HOST_NAME.test(text.toLowerCase()))) return text;
  throw new BadValue("must list host names, IP addresses or CIDRs such as 10.0.0.0/8");
}

function databaseUrl(text: string): string {
  if (/^file:./.test(text)) return text;
  if (/^postgres(ql)?:\/\//.test(text)) {
    throw new BadValue("cannot be PostgreSQL yet; use file:./data/wagraph.db or leave it out");
  }
  throw new BadValue("must be a file: URL such as file:./data/wagraph.db");
}

function whatsappUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "wss:") return text;
  const host = url?.hostname.replace(/^\[(.*)\]$/, "$1") ?? "";
  if (url?.protocol === "ws:" && isLoopback(host)) return text;
  throw new BadValue("must be a wss:// address; ws:// is for the simulator on this machine only");
}

function version(text: string): readonly [number, number, number] {
  const [, patch] = /^2\.3000\.(\d{1,12})$/.exec(text) ?? [];
  if (patch !== undefined) return [2, 3000, Number(patch)];
  throw new BadValue("must look like 2.3000.1023223821");
}

function logLevel(text: string): LogLevel {
  const found = LOG_LEVELS.find((level) => level === text.toLowerCase());
  if (found) return found;
  throw new BadValue(`must be one of ${LOG_LEVELS.join(", ")}`);
}
