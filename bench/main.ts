/**
 * `npm run bench -- [scenario …] [--json]`: measures, and says which aims are met. All scenarios run
 * when none is named. Figures go to stdout as JSON lines and to stderr as a table for people; `--json`
 * leaves the table out.
 */
import { parseArgs } from "node:util";
import { type Figure, printFigures } from "./figures.ts";

type Scenario = () => Promise<readonly Figure[]>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    // How large the scenarios are; the aims are for what stands here.
    pending: { type: "string", default: "100000" },
    slow: { type: "string", default: "1000" },
    stalled: { type: "string", default: "100" },
    loris: { type: "string", default: "2000" },
    events: { type: "string", default: "100000" },
  },
});

/** Each is loaded when it is its turn: what one needs is not to count as the memory of another. */
const SCENARIOS: Readonly<Record<string, readonly Scenario[]>> = {
  hostile: [
    async () => (await import("./hostile/refusals.ts")).hostileRequests(),
    async () => (await import("./hostile/slow-loris.ts")).slowLoris(Number(values.loris)),
  ],
  poison: [async () => (await import("./poison/poison.ts")).poisonedMessages()],
  stalled: [
    async () => {
      const { stalledSubscribers } = await import("./stalled/stalled.ts");
      return stalledSubscribers(Number(values.stalled), Number(values.events));
    },
  ],
  webhooks: [
    async () => (await import("./webhooks/outage.ts")).outage(Number(values.pending)),
    async () => (await import("./webhooks/slow-receivers.ts")).slowReceivers(Number(values.slow)),
  ],
};

const unknown = positionals.find((name) => !(name in SCENARIOS));
if (unknown !== undefined) {
  const known = Object.keys(SCENARIOS).join(", ");
  process.stderr.write(`There is no scenario "${unknown}". There are: ${known}\n`);
  process.exitCode = 2;
} else {
  const names = positionals.length > 0 ? positionals : Object.keys(SCENARIOS);
  for (const name of names) {
    for (const run of SCENARIOS[name] ?? []) {
      if (!values.json) process.stderr.write(`${name}\n`);
      printFigures(await run(), { table: !values.json });
    }
  }
}
