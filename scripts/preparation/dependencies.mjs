import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";

const nodeBinary = "node_modules/node/bin/node";

const installation = [
  "ci",
  "--ignore-scripts",
  // The checks' tools, Node and Prisma's generator are devDependencies: they are needed even where
  // NODE_ENV=production or a user's npmrc would leave them out.
  "--include=dev",
  "--include=optional",
  // npm compares `engines` with the Node it runs on itself, not with the one that is being installed.
  "--engine-strict=false",
  "--loglevel=error",
];

/**
 * Installs what package-lock.json says, and the Node of the npm package `node`.
 *
 * @param {string} root
 * @returns {import("./steps.mjs").Step}
 */
export function dependencies(root) {
  return {
    name: "dependencies",
    message: "wagraph: installing packages (the first time takes about a minute) …",
    inputs: ["package-lock.json"],
    outputs: [nodeBinary],
    run: async () => {
      if (!isInstalled(root)) {
        await run("npm", [...installation], { cwd: root });
      }
      if (!existsSync(join(root, nodeBinary))) {
        await run("npm", ["rebuild", "node", "--ignore-scripts=false", "--loglevel=error"], {
          cwd: root,
        });
      }
      await assertNodeRuns(root);
    },
  };
}

/**
 * True after `npm install some-package` by hand: npm's own record of what stands in node_modules, which
 * it writes last, agrees with the lock file. Then there is no need to throw everything away.
 *
 * @param {string} root
 */
function isInstalled(root) {
  const wanted = packagesIn(join(root, "package-lock.json"));
  const present = packagesIn(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, integrity, optional, link }]) =>
      path === "" ||
      link === true ||
      // Another platform's binaries are in the lock file and rightly not here.
      (optional === true && present[path] === undefined) ||
      (present[path]?.version === version &&
        present[path]?.integrity === integrity &&
        existsSync(join(root, path))),
  );
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} Locked
 * @param {string} file
 * @returns {Record<string, Locked> | undefined}
 */
function packagesIn(file) {
  try {
    const lock = /** @type {{ packages?: Record<string, Locked> }} */ (
      JSON.parse(readFileSync(file, "utf8"))
    );
    return lock.packages;
  } catch {
    // Missing or cut short: an installation repairs it.
    return undefined;
  }
}

/**
 * @param {string} root
 * @throws {Error} where the fetched Node does not run, for example on musl
 */
async function assertNodeRuns(root) {
  try {
    await run(join(root, nodeBinary), ["--version"], { cwd: root });
  } catch (cause) {
    throw new Error(
      `the npm package "node" brought no Node that runs here (${process.platform} ${process.arch}). ` +
        "wagraph needs a platform of its binaries: Linux with glibc, or macOS.",
      { cause },
    );
  }
}
