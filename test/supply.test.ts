import { execSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const text = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
const read = (file: string): unknown => JSON.parse(text(file));
const manifest = read("package.json") as Manifest;
const lock = read("package-lock.json") as LockFile;
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");

/** The versions of a package, wherever in the tree its copies stand. */
function versionsOf(name: string): string[] {
  return installed
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version ?? "none");
}

function isAtLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, "en", { numeric: true }) >= 0;
}

test("package.json names exact versions only", () => {
  const { dependencies, devDependencies, overrides } = manifest;
  const loose = Object.entries({ ...dependencies, ...devDependencies, ...overrides }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test("the lock file belongs to package.json", () => {
  const { dependencies, devDependencies } = manifest;
  expect(lock.packages[""]).toMatchObject({ dependencies, devDependencies });
});

test("nothing comes from git, a file or an address of its own", () => {
  // Registry packages carry no `resolved` here (.npmrc), so any that appears is another kind of source.
  expect(installed.filter(([, entry]) => entry.resolved !== undefined || entry.link)).toEqual([]);
  const source = JSON.stringify(lock);
  expect(source).not.toMatch(
    /"(git\+|git:|github:|gitlab:|bitbucket:|file:|https?:\/\/[^"]*\.tgz)/,
  );
});

test("every package is held to its hash", () => {
  expect(installed.length).toBeGreaterThan(100);
  const unheld = installed.filter(
    // What travels inside another package is held by that one's.
    ([, { integrity, inBundle }]) => inBundle !== true && !integrity?.startsWith("sha512-"),
  );
  expect(unheld.map(([path]) => path)).toEqual([]);
});

test("the lock file serves every platform", () => {
  // npm leaves out what its registry lacks; `npm ci` then fails, or a Mac gets tools without binaries.
  const missing = installed.flatMap(([path, entry]) =>
    Object.keys((entry as { optionalDependencies?: object }).optionalDependencies ?? {})
      .filter((name) => versionsOf(name).length === 0)
      .map((name) => `${path} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

test("no package hides under another's name", () => {
  // An alias is how a fork takes the place of the package that everybody reviews.
  expect(installed.filter(([, { name }]) => name !== undefined)).toEqual([]);
});

test("only the package that brings Node may run a script of its own", () => {
  expect(Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name])).toEqual([
    "node",
  ]);
});

describe("versions with known holes stay out", () => {
  test.each([
    // CVE-2026-62389; before it CVE-2026-48779, memory exhausted by tiny fragments (8.21.0).
    ["ws", "8.21.1"],
    // Prototype pollution through multipart requests.
    ["graphql-yoga", "5.21.3"],
  ])("%s is at least %s", (name, minimum) => {
    expect(versionsOf(name)).not.toEqual([]);
    expect(versionsOf(name).filter((version) => !isAtLeast(version, minimum))).toEqual([]);
  });

  test.each([
    // CVE-2026-48063 (forged protocol messages) is closed here; npm's `latest` is an older line.
    ["@whiskeysockets/baileys", "7.0.0-rc14"],
    // 12.x, which Prisma's adapter asks for, aborts on Node 24.
    ["better-sqlite3", "13.2.0"],
  ])("%s is exactly %s, once", (name, version) => {
    expect(versionsOf(name)).toEqual([version]);
  });

  test("the comparison knows numbers from text", () => {
    expect(isAtLeast("8.21.1", "8.21.1")).toBe(true);
    expect(isAtLeast("8.100.0", "8.21.1")).toBe(true);
    expect(isAtLeast("8.9.0", "8.21.1")).toBe(false);
  });
});

test("the bill of materials names everything that is shipped, with its hash", () => {
  const { sbom } = (manifest as unknown as { scripts: Record<string, string> }).scripts;
  const out = execSync(sbom ?? "false", { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const { components } = JSON.parse(out) as {
    readonly components: readonly {
      readonly name: string;
      readonly hashes?: readonly object[];
      readonly properties?: readonly { readonly name: string; readonly value: string }[];
    }[];
  };
  const names = components.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
  const isBundled = (properties: (typeof components)[number]["properties"]) =>
    properties?.some(({ name }) => name === "cdx:npm:package:bundled") ?? false;
  const unheld = components.filter(
    ({ hashes, properties }) => !hashes?.length && !isBundled(properties),
  );
  expect(unheld).toEqual([]);
});

test("whoever starts the gateway gives Node the same flags", () => {
  const { scripts } = manifest as unknown as { readonly scripts: Readonly<Record<string, string>> };
  const flag = "--max-semi-space-size=8";
  expect(scripts["start"]).toContain(` ${flag} bin/wagraph.mjs`);
  for (const name of ["dev", "serve", "bench"]) expect(scripts[name]).toContain(` ${flag} `);
  const memory = "MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072";
  for (const name of ["start", "serve", "bench"]) expect(scripts[name]).toContain(`${memory} node`);
  expect(text("Dockerfile")).toContain(`ENV ${memory}\n`);
  expect(text("Dockerfile")).toContain(`CMD ["node", "${flag}", "bin/wagraph.mjs"]`);
  for (const file of ["bench/gateway.ts", "chaos/gateway-process.ts"])
    expect(text(file)).toContain(flag);
});

test("what the image is made of is let into its build, and nothing else", () => {
  const copied = text("Dockerfile")
    .split("\n")
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(" ").slice(1, -1));
  const letIn = text(".dockerignore")
    .split("\n")
    .filter((line) => line.startsWith("!"))
    .map((line) => line.slice(1));
  expect(copied.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)))).toEqual([]);
  expect(letIn.toSorted()).toEqual([...new Set(copied)].toSorted());
});
