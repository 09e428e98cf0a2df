import { join } from "node:path";
import {
  BadValue,
  allowedHost,
  baseUrl,
  bucketName,
  databaseUrl,
  encryptionKey,
  hostName,
  isLoopback,
  listOf,
  logLevel,
  oneOf,
  origin,
  prefix,
  privateTarget,
  region,
  s3Endpoint,
  secretKey,
  trueOrFalse,
  version,
  visible,
  whatsappUrl,
  wholeNumber,
} from "./config-values.ts";
import type { LogLevel } from "./lib/log.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** For how long things are kept, and how many at most. */
interface Retention {
  readonly days: number;
  readonly count: number;
}

/** Where copies of attachments are kept. */
export type MediaPlace =
  | { readonly kind: "disk" }
  | {
      readonly kind: "s3";
      /** Without a final slash; undefined for Amazon's own of the region. */
      readonly endpoint: string | undefined;
      readonly region: string;
      readonly bucket: string;
      /** What names begin with; empty, or with a final slash. */
      readonly prefix: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      /** Whether the bucket stands in the path, and not in the host. */
      readonly pathStyle: boolean;
    };

/** Which attachments the gateway keeps copies of, and for how long. */
export interface MediaStoreConfig {
  readonly place: MediaPlace;
  /** If left out, copies stay as long as their messages. */
  readonly retentionDays: number | undefined;
  /** What all of them may take together; the oldest go first. */
  readonly retentionBytes: number;
  /** Larger attachments are not kept. */
  readonly maxBytes: number;
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
  /** If left out, nothing is kept of attachments. */
  readonly mediaStore: MediaStoreConfig | undefined;
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

  const given = (name: string): boolean => (env[name]?.trim() ?? "") !== "";
  const needless = (names: readonly string[], wanted: string): void => {
    for (const name of names.filter(given)) {
      problems.push(
        `${name} means nothing unless MEDIA_STORE is ${wanted}: set that, or leave it out`,
      );
    }
  };

  /** What only another choice gives a meaning would silently do nothing, and so is refused. */
  function mediaStore(): MediaStoreConfig | undefined {
    const kind = read("MEDIA_STORE", "off", oneOf("off", "disk", "s3"));
    if (kind !== "s3") needless(S3_NAMES, "s3");
    if (kind === "off") {
      needless(MEDIA_NAMES, "disk or s3");
      return undefined;
    }
    const retentionBytes = read("MEDIA_RETENTION_BYTES", 10 * GIB, wholeNumber(1, MOST));
    const usual = Math.min(100 * MIB, retentionBytes);
    const maxBytes = read("MEDIA_MAX_BYTES", usual, wholeNumber(1, 2 * GIB));
    if (maxBytes > retentionBytes) {
      problems.push("MEDIA_MAX_BYTES must not be more than MEDIA_RETENTION_BYTES");
    }
    const days = wholeNumber(1, 36_500);
    const retentionDays = read<number | undefined>("MEDIA_RETENTION_DAYS", undefined, days);
    const place: MediaPlace = kind === "disk" ? { kind } : s3();
    return Object.freeze({ place: Object.freeze(place), retentionDays, retentionBytes, maxBytes });
  }

  function s3(): MediaPlace {
    for (const name of ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"]) {
      if (!given(name)) problems.push(`${name} is needed when MEDIA_STORE is s3`);
    }
    const endpoint = read<string | undefined>("S3_ENDPOINT", undefined, s3Endpoint);
    if (!given("S3_ENDPOINT") && !given("S3_REGION")) {
      problems.push("S3_REGION is needed for Amazon's S3; for another one, S3_ENDPOINT");
    }
    return {
      kind: "s3",
      endpoint,
      region: read("S3_REGION", "us-east-1", region),
      bucket: read("S3_BUCKET", "", bucketName),
      prefix: read("S3_PREFIX", "", prefix),
      accessKeyId: read("S3_ACCESS_KEY_ID", "", visible),
      secretAccessKey: read("S3_SECRET_ACCESS_KEY", "", visible),
      // What is no Amazon has seldom a name in the DNS for each bucket.
      pathStyle: read("S3_PATH_STYLE", given("S3_ENDPOINT"), trueOrFalse),
    };
  }

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
    mediaStore: mediaStore(),
    whatsappUrl: read<string | undefined>("WHATSAPP_URL", undefined, whatsappUrl),
    whatsappVersion: read<Config["whatsappVersion"]>("WHATSAPP_VERSION", undefined, version),
    logLevel: read("LOG_LEVEL", "info", logLevel),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const MOST = Number.MAX_SAFE_INTEGER;

const MEDIA_NAMES = ["MEDIA_RETENTION_DAYS", "MEDIA_RETENTION_BYTES", "MEDIA_MAX_BYTES"];

const S3_NAMES = [
  "S3_ENDPOINT",
  "S3_REGION",
  "S3_BUCKET",
  "S3_PREFIX",
  "S3_ACCESS_KEY_ID",
  "S3_SECRET_ACCESS_KEY",
  "S3_PATH_STYLE",
];

const LOOPBACK = Object.freeze(["127.0.0.0/8", "::1/128"]);
