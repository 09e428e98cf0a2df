/**
 * Makes a fresh clone, or one whose lock file or schema has changed, ready to run. Every `pre…` script
 * in package.json calls it; when nothing has changed it says nothing and costs a few milliseconds.
 *
 * It is plain JavaScript without dependencies because it runs first, on whatever Node the machine has.
 *
 * Why a bare `npm ci` will not do: a lock file does not carry better-sqlite3's `gypfile: false`, so npm
 * sees a binding.gyp and compiles it, on a machine that may have neither compiler nor Python, although
 * the package brings binaries for every platform. So scripts are off for the installation, and are then
 * run for one package only: `node`, whose script fetches the Node that everything else runs on.
 *
 * Why `ignore-scripts=true` does not stand in .npmrc: it would also switch off the `pre…` scripts of
 * this project, and with them this file.
 */
import { fileURLToPath } from "node:url";
import { dashboard } from "./preparation/dashboard.mjs";
import { databaseClient } from "./preparation/database-client.mjs";
import { dependencies } from "./preparation/dependencies.mjs";
import { gatewayBundle } from "./preparation/gateway-bundle.mjs";
import { prepare } from "./preparation/steps.mjs";

const oldestNode = 20;

/** @param {string} line */
const say = (line) => {
  console.error(line);
};
const root = fileURLToPath(new URL("..", import.meta.url));

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(
    `wagraph needs Node ${oldestNode} or newer to install itself; this is ${process.version}.`,
  );
  process.exitCode = 1;
} else {
  try {
    // In order: a later step may use what an earlier one has made.
    const steps = [dependencies(root), databaseClient(root)];
    const bundled = process.argv.includes("--bundle");
    if (bundled || process.argv.includes("--dashboard")) steps.push(dashboard(root, say));
    if (bundled) steps.push(gatewayBundle(root, say));
    await prepare(root, steps, say);
  } catch (error) {
    console.error(`wagraph: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
