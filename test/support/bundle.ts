import { execFileSync } from "node:child_process";

/** Before all tests: what has changed since the last run is bundled anew, as `npm start` would. */
export function setup(): void {
  execFileSync(process.execPath, ["scripts/prepare.mjs", "--bundle"], { stdio: "inherit" });
}
