#!/usr/bin/env node
import { existsSync } from "node:fs";

/**
 * Starts the gateway, or says why this Node cannot. An older Node refuses a `.ts` file before a line of it
 * has run, so src/main.ts could never say so itself: this file is plain JavaScript for that one message.
 * `npm start` always comes with the right Node; a service file that names /usr/bin/node may not.
 */
const oldest = 24;

if (Number.parseInt(process.versions.node, 10) >= oldest) {
  await import("./runtime.mjs");
  // What `npm run build` has made of the sources, where that was done.
  const built = new URL("../dist/main.mjs", import.meta.url);
  await import(existsSync(built) ? built.href : "../src/main.ts");
} else {
  console.error(
    `wagraph needs Node ${oldest} or newer, and this is ${process.version}. ` +
      "Start it with `npm start`, which brings its own Node.",
  );
  process.exitCode = 1;
}
