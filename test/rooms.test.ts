import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, expect, test } from "vitest";

/** Which rooms of `src` each room may open, beside itself, `domain` and `lib`. */
const doors: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  lib: [],
  engine: ["libsignal"],
  store: [],
  outbound: [],
  blobs: [],
  events: ["store"],
  access: ["store"],
  cluster: ["store"],
  instances: ["store", "events", "engine", "cluster"],
  messages: ["store", "events", "instances", "outbound"],
  directory: ["store", "events", "instances", "outbound"],
  // Handed what fetches and decrypts, so that it opens no engine.
  media: ["store", "events", "blobs"],
  webhooks: ["store", "events", "outbound"],
  // What becomes rows without being told; handed what writes them.
  history: ["store", "events", "instances", "engine"],
  health: ["store"],
  graphql: ["events", "instances", "messages", "directory", "webhooks", "access", "health"],
  rest: ["graphql"],
  http: ["graphql", "rest", "access", "media", "health"],
  commands: ["src/gateway.ts", "src/config.ts", "access", "store", "wiring"],
  // The composition root is gateway.ts and this room, which joins what needs each other.
  wiring: [
    "package.json",
    "src/config.ts",
    "src/overrides.ts",
    "engine",
    "store",
    "outbound",
    "events",
    "access",
    "instances",
    "history",
    "health",
    "messages",
    "directory",
    "media",
    "blobs",
    "webhooks",
    "graphql",
    "rest",
    "http",
  ],
};

/** Open to all, and therefore closed to all: neither opens even the other. */
const common = ["domain", "lib"];

/** What the files that stand directly in `src` may open, as rooms or as files of their own kind. */
const rootDoors: Readonly<Record<string, readonly string[]>> = {
  "src/main.ts": ["commands", "src/config.ts"],
  "src/gateway.ts": ["src/config.ts", "src/overrides.ts", ...Object.keys(doors)],
  "src/overrides.ts": Object.keys(doors),
  "src/config.ts": ["src/config-values.ts", ...common],
  "src/config-values.ts": common,
};

/** The trees beside `src`, and what they may open outside themselves. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  libsignal: [],
  // It lives in a browser, and knows the gateway as its users do.
  dashboard: [],
  simulator: ["libsignal"],
  demo: ["src/gateway.ts", "src/config.ts", "simulator", ...common],
  chaos: [
    "src/gateway.ts",
    "src/config.ts",
    "events",
    "webhooks",
    "simulator",
    "bench",
    "scripts",
    ...common,
  ],
  bench: ["events", "webhooks", "chaos", "simulator", ...common],
};

/**
 * Inside `src`, the rooms (or single files) that may import a package. An upgrade of a package is then the
 * business of one room.
 */
const keepers: Readonly<Record<string, readonly string[]>> = {
  "@whiskeysockets/baileys": ["src/engine/baileys/"],
  "@prisma/": ["src/store/"],
  "better-sqlite3": ["src/store/"],
  "@pothos/": ["src/graphql/"],
  // The language itself: its errors and documents are what these three rooms hand to each other.
  graphql: ["src/graphql/", "src/rest/", "src/http/"],
  "@graphql-typed-document-node/core": ["src/rest/"],
  // The aliases are a Yoga plugin, and so need the type of one.
  "graphql-yoga": ["src/http/", "src/rest/plugin.ts"],
  "graphql-ws": ["src/http/"],
  ws: ["src/http/"],
  "@graphql-yoga/render-graphiql": ["src/http/"],
  "@whatwg-node/fetch": ["src/http/"],
  zod: ["src/rest/"],
  ofetch: ["src/outbound/"],
  // Baileys fetches over what undici calls a dispatcher.
  undici: ["src/outbound/", "src/engine/baileys/proxy/"],
  "https-proxy-agent": ["src/engine/baileys/proxy/"],
  "socks-proxy-agent": ["src/engine/baileys/proxy/"],
  "ipaddr.js": ["src/outbound/"],
  aws4fetch: ["src/blobs/"],
  pino: ["src/lib/"],
  "pino-pretty": ["src/lib/"],
  qrcode: ["src/lib/"],
  ulid: ["src/lib/"],
  sharp: ["src/messages/", "src/directory/"],
  "music-metadata": ["src/messages/"],
  htmlparser2: ["src/messages/"],
};

/** Lines of code that still fit a reader's head; the median keeps most files far below it. */
const longestFile = 300;
const longestMedian = 60;

const isTest = (file: string): boolean => file.endsWith(".test.ts");

/** "src/store", "src/gateway.ts", "simulator" …: the room, root file or tree that a file belongs to. */
function placeOf(file: string): string {
  const [tree = "", room, ...rest] = file.split("/");
  return tree === "src" && room !== undefined ? (rest.length > 0 ? room : `src/${room}`) : tree;
}

/** Without the lines that are comments alone; no more is cut away, so that no import can hide. */
const codeOf = (source: string): string => source.replaceAll(/^\s*(\/\/|\/?\*).*$/gm, "");

/** Comments are not counted: nobody should save on reasons. */
const linesOfCode = (source: string): number =>
  codeOf(source)
    .split("\n")
    .filter((line) => line.trim() !== "").length;

function specifiersIn(source: string): string[] {
  const pattern =
    /(?<=[\s}*])from\s*(["'])([^"'\s$]+)\1|\bimport\s*(["'])(.+?)\3|\b(?:import|require|(?:meta|require)\.resolve)\s*\(\s*(["'`])(.+?)\5/g;
  return [...codeOf(source).matchAll(pattern)].map(
    (match) => match[2] ?? match[4] ?? match[6] ?? "",
  );
}

/** The laws that one file breaks. Pure, so that it can be tried on bad examples. */
function trespasses(file: string, source: string): string[] {
  if (isTest(file)) return [];
  return specifiersIn(source).flatMap((specifier) => {
    if (specifier.startsWith("node:")) return [];
    const broken = specifier.startsWith(".")
      ? trespassInside(file, join(dirname(file), specifier))
      : file.startsWith("src/")
        ? trespassOutside(file, specifier)
        : undefined;
    return broken === undefined ? [] : [`${file} imports ${specifier}: ${broken}`];
  });
}

function trespassInside(file: string, target: string): string | undefined {
  const from = placeOf(file);
  const to = placeOf(target);
  if (from === to) return undefined;
  const open = rootDoors[from] ?? neighbours[from] ?? openTo(from);
  if (open === undefined) return `the room ${from} is not in the law`;
  return open.includes(to) ? undefined : `${from} may not open ${to}`;
}

function openTo(room: string): readonly string[] | undefined {
  if (common.includes(room)) return [];
  const open = doors[room];
  return open && [...open, ...common];
}

function trespassOutside(file: string, specifier: string): string | undefined {
  const [, homes] =
    Object.entries(keepers).find(
      ([name]) =>
        specifier === name || specifier.startsWith(name.endsWith("/") ? name : `${name}/`),
    ) ?? [];
  if (homes === undefined) return "no room keeps this package";
  return homes.some((home) => file.startsWith(home))
    ? undefined
    : `only ${homes.join(" and ")} may`;
}

const files = globSync([
  "src/**/*.ts",
  "libsignal/**/*.ts",
  "simulator/**/*.ts",
  "demo/**/*.ts",
  "chaos/**/*.ts",
  "bench/**/*.ts",
  "dashboard/src/**/*.{ts,tsx}",
]).filter((file) => !file.includes("/generated/") && !file.includes("/languages/"));

test("every room imports only through its doors", () => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.flatMap((file) => trespasses(file, readFileSync(file, "utf8")))).toEqual([]);
});

test.each(["src", "simulator", "dashboard"])("the files of %s are short", (tree) => {
  const lines = files
    .filter((file) => file.startsWith(`${tree}/`) && !isTest(file))
    .map((file) => ({ file, lines: linesOfCode(readFileSync(file, "utf8")) }))
    .toSorted((a, b) => a.lines - b.lines);
  const median = lines[Math.floor(lines.length / 2)];
  const longest = lines.at(-1);
  process.stdout.write(
    `${tree}: ${lines.length} files, median ${median?.lines ?? 0} lines, ` +
      `longest ${longest?.lines ?? 0} (${longest?.file ?? "none"})\n`,
  );
  expect(lines.filter((entry) => entry.lines > longestFile)).toEqual([]);
  expect(median?.lines ?? 0).toBeLessThan(longestMedian);
});

describe("a planted trespass is found", () => {
  test.each([
    ["an upward import", "src/store/a.ts", 'import { b } from "../webhooks/b.ts";'],
    ["a sideways import", "src/webhooks/a.ts", 'import { b } from "../messages/b.ts";'],
    ["the composition root", "src/http/a.ts", 'import type { B } from "../gateway.ts";'],
    ["the configuration", "src/http/a.ts", 'import type { Config } from "../config.ts";'],
    ["a room behind main", "src/main.ts", 'import { b } from "./store/b.ts";'],
    ["domain opening lib", "src/domain/a.ts", 'import { b } from "../lib/b.ts";'],
    ["an import without spaces", "src/store/a.ts", 'import{b}from"../webhooks/b.ts";'],
    ["a re-export", "src/engine/a.ts", 'export * from "../store/b.ts";'],
    ["a dynamic import", "src/engine/a.ts", "const b = await import('../store/b.ts');"],
    ["an import for effect", "src/engine/a.ts", 'import "../store/b.ts";'],
    ["an import over lines", "src/engine/a.ts", 'import {\n  b,\n} from\n  "../store/b.ts";'],
    ["a room without a law", "src/misc/a.ts", 'import { b } from "../store/b.ts";'],
    ["the simulator in src", "src/engine/a.ts", 'import { b } from "../../simulator/b.ts";'],
    ["src in the simulator", "simulator/a/b.ts", 'import { b } from "../../src/domain/b.ts";'],
    ["src in the dashboard", "dashboard/src/a.tsx", 'import { b } from "../../src/domain/b.ts";'],
    ["a room in the demo", "demo/a.ts", 'import { b } from "../src/store/b.ts";'],
    ["a package in a foreign room", "src/http/a.ts", 'import { p } from "@prisma/client";'],
    ["a package's inner file", "src/lib/a.ts", 'import p from "@whiskeysockets/baileys/lib/b.js";'],
    ["a package nobody keeps", "src/lib/a.ts", 'import p from "left-pad";'],
    ["a required package", "src/lib/a.ts", 'const p = require("better-sqlite3");'],
    ["Yoga beside the plugin", "src/rest/a.ts", 'import type { Plugin } from "graphql-yoga";'],
  ])("%s", (_name, file, source) => {
    expect(trespasses(file, source)).toHaveLength(1);
  });
});

test.each([
  ["src/engine/baileys/a.ts", 'import b from "@whiskeysockets/baileys";\nimport "../engine.ts";'],
  ["src/store/a.ts", 'import { b } from "@prisma/client";\nimport "../domain/ids.ts";'],
  ["src/rest/plugin.ts", 'import type { Plugin } from "graphql-yoga";'],
  ["src/gateway.ts", 'import "./store/a.ts";\nimport "./http/b.ts";\nimport "./config.ts";'],
  ["src/main.ts", 'import { readFile } from "node:fs/promises";\nimport "./commands/a.ts";'],
  ["demo/main.ts", 'import "../src/gateway.ts";\nimport "../simulator/simulator.ts";'],
  ["src/store/a.test.ts", 'import "../http/b.ts";'],
  ["src/engine/a.ts", 'drop(attrs["from"]); keep(attrs["to"]); tell(`from "${attrs.to}"`);'],
  ["src/engine/a.ts", '/**\n * Never `import "../store/b.ts"` here.\n */'],
])("%s may do what it does", (file, source) => {
  expect(trespasses(file, source)).toEqual([]);
});
