import { parseArgs } from "node:util";
import { STEPS, type StepName } from "../src/domain/steps.ts";

/** @throws Error that says which option is no whole number. */
export function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${name} must be a whole number, and is "${text}"`);
}

export interface ChaosOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly points: readonly StepName[];
  readonly past: number;
  readonly sends: number;
}

/** What a campaign has to show: a thousand sends, each asked for three times at once. */
const SENDS = 1_000;

/** Every named point five times, and as many random ones beside them: some minutes. */
const ROUNDS = 85;

/** @throws Error that says what is wrong with the command line. */
export function chaosOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string" },
      seed: { type: "string" },
      points: { type: "string" },
      events: { type: "string" },
      sends: { type: "string" },
    },
  });
  return {
    rounds: wholeNumber("rounds", values.rounds, ROUNDS),
    seed: wholeNumber("seed", values.seed, Date.now() % 1_000_000),
    points: values.points === undefined ? STEPS : values.points.split(",").map(stepNamed),
    past: wholeNumber("events", values.events, 0),
    sends: wholeNumber("sends", values.sends, SENDS),
  };
}

function stepNamed(text: string): StepName {
  const step = STEPS.find((name) => name === text.trim());
  if (step) return step;
  throw new Error(`There is no point "${text}". There are: ${STEPS.join(", ")}`);
}
