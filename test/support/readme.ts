import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** README.md as what it promises: its code blocks, and which of them a test has not kept yet. */
export interface Readme {
  readonly text: string;
  /**
   * The one code block that contains these words; from now on it counts as kept.
   * @throws Error when there is none, or more than one
   */
  block(words: string): string;
  /** The blocks that nobody has asked for. */
  readonly untried: readonly string[];
}

export function openReadme(): Readme {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const blocks = [...text.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code = ""]) => code);
  const untried = new Set(blocks);
  return {
    text,
    block(words) {
      const [found, ...others] = blocks.filter((code) => code.includes(words));
      if (found === undefined || others.length > 0) {
        throw new Error(`README.md has no block, or several, with "${words}"`);
      }
      untried.delete(found);
      return found;
    },
    get untried() {
      return [...untried];
    },
  };
}
