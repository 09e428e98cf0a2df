import { expect, test } from "vitest";
import { runCampaign } from "../chaos/campaign.ts";
import type { StepName } from "../src/domain/steps.ts";

/** The short form: one kill on the way in, one on the way out, one at random. `npm run chaos` has all of them. */
const POINTS: readonly StepName[] = ["inbox-committed", "transmitted"];

test(
  "a gateway that is killed at dangerous moments loses nothing",
  { timeout: 120_000 },
  async () => {
    const lines: string[] = [];
    const report = await runCampaign({
      rounds: POINTS.length + 1,
      seed: 11,
      points: POINTS,
      past: 0,
      sends: 10,
      pace: { writesEveryMs: 150, sendsEveryMs: 300 },
      tell: (line) => void lines.push(line),
    });
    expect(report.violations).toEqual([]);
    expect(report.deaths.filter(({ asPlanned }) => !asPlanned)).toEqual([]);
    expect(report.counts["inbound"]).toBeGreaterThan(0);
    expect(report.counts["sends"]).toBeGreaterThan(0);
    expect(report.counts["webhookDeliveries"]).toBeGreaterThan(0);
  },
);
