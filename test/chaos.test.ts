import { expect, test } from "vitest";
import { runCampaign } from "../chaos/campaign.ts";
import { STEPS } from "../src/domain/steps.ts";

/** Two more than there are points: those come at random times. */
const ROUNDS = STEPS.length + 2;

test(
  "a gateway that is killed at every dangerous moment loses nothing",
  { timeout: 300_000 },
  async () => {
    const lines: string[] = [];
    const report = await runCampaign({
      rounds: ROUNDS,
      seed: 11,
      points: STEPS,
      past: 0,
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
