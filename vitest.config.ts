import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/** These ask in which order modules were loaded, or set the clock, and so need a process of their own. */
const ALONE = [
  "libsignal/libsignal.test.ts",
  "src/webhooks/statistics.test.ts",
  "test/clock.test.ts",
  "test/curl.test.ts",
  "test/webhook-visibility.test.ts",
];

export default defineConfig({
  // graphql 16 has two entries and no `exports`: Vite would load the one while Yoga and Pothos load
  // the other, and every schema would be "from another realm".
  resolve: {
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve("graphql") }],
  },
  test: {
    restoreMocks: true,
    // The gateways that tests start as processes are bundled, as `npm start` has them.
    globalSetup: "test/support/bundle.ts",
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    // What is waited for comes within milliseconds, or much later on a busy machine. In milliseconds.
    expect: { poll: { timeout: 10_000, interval: 10 } },
    hookTimeout: 20_000,
    // Most tests wait on sockets, not on the processor: two workers on two cores are the fastest.
    maxWorkers: 2,
    // Real sockets, real processes and a browser beside each other: where a busy machine makes one of
    // them late, the test has a second chance on CI, and fails at once for whoever works on it.
    retry: process.env["CI"] === "true" ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: [
            "libsignal/**/*.test.ts",
            "src/**/*.test.ts",
            "simulator/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: ALONE,
          // Loading Baileys, Prisma and Yoga anew for each of a hundred files would be a third of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
  },
});
