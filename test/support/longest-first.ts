import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, longest first: begun last, one of these would keep a single worker busy at the end. */
const LONGEST = [
  "test/process.test.ts",
  "test/newcomer.test.ts",
  "test/chaos.test.ts",
  "test/poison.test.ts",
  "src/webhooks/replay.test.ts",
];

const rank = ({ moduleId }: TestSpecification): number => {
  const index = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return index === -1 ? LONGEST.length : index;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = BaseSequencer.prototype.sort.call(this, files);
    return (await usual).toSorted((a, b) => rank(a) - rank(b));
  }
}
