import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Config, Environment } from "./config.ts";
import { ConfigError, readConfig } from "./config.ts";

const KEY = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";
const SECRET = Buffer.alloc(32, "0123456789abcdefghijklmnopqrstuv").toString("base64");

function problemsOf(env: Environment): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** What a start with this environment comes to. */
function outcomeOf(values: Environment): "frozen" | "refused" | "other" {
  try {
    return Object.isFrozen(readConfig(values)) ? "frozen" : "other";
  } catch (error) {
    return error instanceof ConfigError ? "refused" : "other";
  }
}

test("an empty environment gives the defaults", () => {
  const defaults: Config = {
    port: 5000,
    host: "127.0.0.1",
    baseUrl: undefined,
    dataDir: "./data",
    databaseUrl: "file:data/wagraph.db",
    apiKey: undefined,
    encryptionKey: undefined,
    oldEncryptionKeys: [],
    allowedOrigins: [],
    allowedHosts: [],
    privateTargets: ["127.0.0.0/8", "::1/128"],
    eventRetention: { days: 7, count: 1_000_000 },
    auditRetention: { days: 365, count: 1_000_000 },
    messageRetentionDays: undefined,
    mediaStore: undefined,
    whatsappUrl: undefined,
    whatsappVersion: undefined,
    logLevel: "info",
  };
  expect(readConfig({})).toEqual(defaults);
  expect(readConfig({ PORT: "", API_KEY: "", NATS_URL: " " })).toEqual(defaults);
});

test("every variable is read", () => {
  expect(
    readConfig({
      PORT: "8080",
      HOST: "0.0.0.0",
      BASE_URL: "https://gateway.example.com/wa/",
      DATA_DIR: "/data",
      API_KEY: KEY,
      ENCRYPTION_KEY: SECRET,
      ENCRYPTION_KEYS_OLD: `${SECRET}, ${SECRET}`,
      ALLOWED_ORIGINS: "https://app.example.com, http://localhost:3000/",
      ALLOWED_HOSTS: "Gateway.local:5000,other,[::1]:80",
      PRIVATE_TARGETS: "10.0.0.0/8,intranet,fd00::/8",
      EVENT_RETENTION_DAYS: "30",
      EVENT_RETENTION_COUNT: "5",
      AUDIT_RETENTION_DAYS: "90",
      AUDIT_RETENTION_COUNT: "6",
      MESSAGE_RETENTION_DAYS: "14",
      WHATSAPP_URL: "ws://127.0.0.1:4600/ws/chat",
      WHATSAPP_VERSION: "2.3000.1023223821",
      LOG_LEVEL: "DEBUG",
    }),
  ).toMatchObject({
    port: 8080,
    host: "0.0.0.0",
    baseUrl: "https://gateway.example.com/wa",
    databaseUrl: "file:/data/wagraph.db",
    apiKey: KEY,
    encryptionKey: Buffer.from(SECRET, "base64"),
    oldEncryptionKeys: [Buffer.from(SECRET, "base64"), Buffer.from(SECRET, "base64")],
    allowedOrigins: ["https://app.example.com", "http://localhost:3000"],
    allowedHosts: ["gateway.local:5000", "other", "[::1]:80"],
    eventRetention: { days: 30, count: 5 },
    auditRetention: { days: 90, count: 6 },
    messageRetentionDays: 14,
    whatsappVersion: [2, 3000, 1_023_223_821],
    logLevel: "debug",
  });
});

const S3 = {
  MEDIA_STORE: "s3",
  S3_BUCKET: "attachments",
  S3_ACCESS_KEY_ID: "AKIDEXAMPLE",
  S3_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

test("copies of attachments are kept where and as long as it is said", () => {
  expect(readConfig({ MEDIA_STORE: "disk" }).mediaStore).toEqual({
    place: { kind: "disk" },
    retentionDays: undefined,
    retentionBytes: 10 * 1024 ** 3,
    maxBytes: 100 * 1024 ** 2,
  });
  const limits = {
    MEDIA_RETENTION_DAYS: "30",
    MEDIA_RETENTION_BYTES: "5000",
    MEDIA_MAX_BYTES: "500",
  };
  expect(readConfig({ MEDIA_STORE: "disk", ...limits }).mediaStore).toMatchObject({
    retentionDays: 30,
    retentionBytes: 5000,
    maxBytes: 500,
  });
  // Of a small room no file may take more than all.
  expect(
    readConfig({ MEDIA_STORE: "disk", MEDIA_RETENTION_BYTES: "5000" }).mediaStore?.maxBytes,
  ).toBe(5000);
  const amazon = readConfig({ ...S3, S3_REGION: "eu-central-1", S3_PREFIX: "/wagraph/media/" });
  expect(amazon.mediaStore?.place).toEqual({
    kind: "s3",
    endpoint: undefined,
    region: "eu-central-1",
    bucket: "attachments",
    prefix: "wagraph/media/",
    accessKeyId: S3.S3_ACCESS_KEY_ID,
    secretAccessKey: S3.S3_SECRET_ACCESS_KEY,
    pathStyle: false,
  });
  const minio = readConfig({ ...S3, S3_ENDPOINT: "http://minio:9000/" });
  expect(minio.mediaStore?.place).toMatchObject({
    endpoint: "http://minio:9000",
    prefix: "",
    pathStyle: true,
  });
});

test("a store that lacks something, or is told what it does not use, is refused by name", () => {
  expect(problemsOf({ MEDIA_STORE: "s3" })).toEqual([
    expect.stringMatching(/^S3_BUCKET is needed/),
    expect.stringMatching(/^S3_ACCESS_KEY_ID is needed/),
    expect.stringMatching(/^S3_SECRET_ACCESS_KEY is needed/),
    expect.stringMatching(/^S3_REGION is needed/),
  ]);
  expect(problemsOf({ MEDIA_STORE: "disk", S3_PREFIX: "a" })).toEqual([
    expect.stringMatching(/^S3_PREFIX means nothing/),
  ]);
  const tooBig = { MEDIA_STORE: "disk", MEDIA_MAX_BYTES: "11", MEDIA_RETENTION_BYTES: "10" };
  expect(problemsOf(tooBig)).toEqual([expect.stringMatching(/^MEDIA_MAX_BYTES must not/)]);
  const bad = [
    ["S3_ENDPOINT", "minio:9000"],
    ["S3_ENDPOINT", "https://user:pw@s3.example.com"],
    ["S3_ENDPOINT", "https://s3.example.com/path"],
    ["S3_REGION", "eu central"],
    ["S3_BUCKET", "a/b"],
    ["S3_PREFIX", "a/../b"],
    ["S3_PREFIX", "a b"],
    ["S3_SECRET_ACCESS_KEY", "with a space"],
    ["S3_PATH_STYLE", "perhaps"],
  ] as const;
  for (const [name, value] of bad) {
    const problems = problemsOf({ ...S3, S3_REGION: "eu-central-1", [name]: value });
    expect(problems).toEqual([expect.stringMatching(`^${name} must`)]);
    if (name === "S3_SECRET_ACCESS_KEY") expect(problems.join()).not.toContain(value);
  }
});

test("with a key, loopback is private like every other network", () => {
  expect(readConfig({ API_KEY: KEY }).privateTargets).toEqual([]);
});

describe("a value that cannot be used", () => {
  test.each([
    ["PORT", "70000"],
    ["PORT", "5e3"],
    ["PORT", "-1"],
    ["HOST", "http://localhost"],
    ["HOST", "localhost:5000"],
    ["BASE_URL", "gateway.example.com"],
    ["BASE_URL", "https://user:pw@gateway.example.com"],
    ["BASE_URL", "https://gateway.example.com/?a=b"],
    ["DATABASE_URL", "mysql://localhost/db"],
    ["DATABASE_URL", "postgresql://localhost/db"],
    ["NATS_URL", "nats://localhost:4222"],
    ["API_KEY", "short"],
    ["API_KEY", "429683C4C977415CAAFCCE10F7D57E11"],
    ["API_KEY", "a".repeat(40)],
    ["API_KEY", "please-change-me-please-change-me-please"],
    ["API_KEY", `${KEY} ${KEY}`],
    ["ENCRYPTION_KEY", "bm90IDMyIGJ5dGVz"],
    ["ENCRYPTION_KEY", SECRET.replace("M", "!")],
    ["ENCRYPTION_KEYS_OLD", `${SECRET},x`],
    ["ALLOWED_ORIGINS", "*"],
    ["ALLOWED_ORIGINS", "https://app.example.com/path"],
    ["ALLOWED_HOSTS", "http://gateway.local"],
    ["ALLOWED_HOSTS", "*"],
    ["PRIVATE_TARGETS", "10.0.0.0/33"],
    ["PRIVATE_TARGETS", "http://intranet"],
    ["EVENT_RETENTION_DAYS", "0"],
    ["EVENT_RETENTION_COUNT", "many"],
    ["AUDIT_RETENTION_DAYS", "-1"],
    ["AUDIT_RETENTION_COUNT", "0"],
    ["MEDIA_STORE", "ftp"],
    // Means nothing without a store.
    ["MEDIA_RETENTION_DAYS", "3"],
    ["MEDIA_MAX_BYTES", "3"],
    ["S3_BUCKET", "attachments"],
    ["WHATSAPP_URL", "ws://192.168.0.1/ws/chat"],
    ["WHATSAPP_URL", "https://web.whatsapp.com"],
    ["WHATSAPP_VERSION", "2.2400.1"],
    ["LOG_LEVEL", "loud"],
  ])("%s=%s is named, alone", (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
  });
});

test("all bad names stand in one message", () => {
  const error = new ConfigError(problemsOf({ PORT: "x", HOST: "0.0.0.0", LOG_LEVEL: "loud" }));
  expect(error.message).toMatch(/PORT[^]*LOG_LEVEL/);
  expect(error.problems).toHaveLength(3);
});

test.each(["0.0.0.0", "::", "192.168.1.4", "gateway.local"])(
  "%s without a key is refused with the two ways out",
  (host) => {
    const [problem] = problemsOf({ HOST: host });
    expect(problem).toMatch(/^HOST/);
    expect(problem).toMatch(/set API_KEY/);
    expect(problem).toMatch(/leave HOST out/);
    expect(problemsOf({ HOST: host, API_KEY: KEY })).toEqual([]);
  },
);

test.each(["localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]"])("%s needs no key", (host) => {
  expect(problemsOf({ HOST: host })).toEqual([]);
});

test("a loopback name is not loopback when it only looks like one", () => {
  expect(problemsOf({ HOST: "127.0.0.1.example.com" })).toHaveLength(1);
  expect(problemsOf({ WHATSAPP_URL: "ws://127.0.0.1.example.com/" })).toHaveLength(1);
});

test("no secret stands in a message", () => {
  const secretNames = ["API_KEY", "ENCRYPTION_KEY", "ENCRYPTION_KEYS_OLD", "NATS_URL"];
  const secretText = fc.string({ minLength: 6 }).map((text) => `§${text}§`);
  fc.assert(
    fc.property(fc.constantFrom(...secretNames), secretText, (name, secret) => {
      const problems = problemsOf({ [name]: secret });
      expect(problems).toHaveLength(1);
      expect(problems.join("\n")).not.toContain("§");
    }),
  );
});

test("whatever the environment holds, the answer is a frozen value or a ConfigError", () => {
  const names = ["PORT", "HOST", "BASE_URL", "DATABASE_URL", "API_KEY", "ENCRYPTION_KEY"].concat([
    "ALLOWED_ORIGINS",
    "ALLOWED_HOSTS",
    "PRIVATE_TARGETS",
    "WHATSAPP_URL",
    "WHATSAPP_VERSION",
    "LOG_LEVEL",
  ]);
  const env = fc.dictionary(fc.constantFrom(...names), fc.string());
  fc.assert(
    fc.property(env, (values) => {
      expect(outcomeOf(values)).not.toBe("other");
    }),
  );
});
