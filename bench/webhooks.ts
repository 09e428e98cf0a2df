/**
 * `npm run bench -- [--pending N] [--slow N] [--json]`: what a dead endpoint costs, and what a crowd of slow ones
 * costs a healthy one. One JSON line per figure.
 */
import { parseArgs } from "node:util";
import { outage } from "./webhooks/outage.ts";
import { slowReceivers } from "./webhooks/slow-receivers.ts";

const { values } = parseArgs({
  options: {
    pending: { type: "string", default: "100000" },
    slow: { type: "string", default: "1000" },
    // The figures are JSON lines with it and without it, until there is a table for people.
    json: { type: "boolean" },
  },
});

for (const run of [
  () => outage(Number(values.pending)),
  () => slowReceivers(Number(values.slow)),
]) {
  for (const figure of await run()) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
