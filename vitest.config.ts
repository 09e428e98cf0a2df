import { defineConfig } from "vitest/config";

export default defineConfig({
  // Without these conditions vitest loads graphql twice (CommonJS and ESM) and every schema is "from another realm".
  ssr: {
    resolve: {
      conditions: ["module-sync", "node", "default"],
      externalConditions: ["node", "module-sync", "default"],
    },
  },
  test: {
    include: ["src/**/*.test.ts", "simulator/**/*.test.ts", "test/**/*.test.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Most tests wait on sockets, not on the processor: two workers on two cores are the fastest.
    maxWorkers: 2,
  },
});
