import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { fixturePath, withoutFfmpeg } from "../../../test/support/fixture.ts";
import { createConvert } from "./ffmpeg.ts";

/** The film again and again. */
const FOR_EVER = ["-vf", "loop=loop=-1:size=5:start=0", "-f", "null", "-"];

/** Conversions of this process; others may run beside it. */
const running = (): string =>
  execFileSync("ps", ["-eo", "ppid,comm"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.trim() === `${process.pid} ffmpeg`)
    .join("\n");

test.skipIf(withoutFfmpeg)(
  `what is being converted, and what waits for its turn, ends with the gateway${withoutFfmpeg}`,
  async () => {
    const converter = createConvert();
    const path = fixturePath("film.mp4");
    const under = [converter.convert(path, FOR_EVER), converter.convert(path, FOR_EVER)];
    const ended = Promise.allSettled(under);
    await expect.poll(running).not.toBe("");
    converter[Symbol.dispose]();
    for (const each of await ended) {
      expect(each).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE" } });
    }
    await expect.poll(running).toBe("");
  },
);
