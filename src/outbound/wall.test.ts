import { describe, expect, test } from "vitest";
import { createOutbound } from "./outbound.ts";
import { parsePrivateTargets } from "./private-targets.ts";
import { loopback } from "./testing/loopback.ts";
import { startReceiver } from "./testing/receiver.ts";

describe("the wall", () => {
  test.each([
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0x7f.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "127.0.0.1.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "１２７.0.0.1",
    "%31%32%37.0.0.1",
    "localhost",
  ])("stands before %s", async (host) => {
    await using trap = await startReceiver();
    await using outbound = createOutbound({ privateTargets: parsePrivateTargets([]) });

    const url = `http://${host}:${trap.port}/`;
    await expect(outbound.request({ method: "POST", url })).rejects.toMatchObject({
      code: "BLOCKED_ADDRESS",
    });
    await expect(
      outbound.download({ url, maxBytes: 10, to: async () => {} }),
    ).rejects.toMatchObject({ code: "BLOCKED_ADDRESS" });
    expect(trap.connections).toBe(0);
  });

  test("condemns a name for one bad answer, and tells only the log which", async () => {
    const warnings: object[] = [];
    await using trap = await startReceiver();
    await using outbound = createOutbound({
      privateTargets: parsePrivateTargets([]),
      resolve: async () => [{ address: "8.8.8.8", family: 4 }, loopback],
      log: { warn: (fields) => warnings.push(fields) },
    });
    const url = `http://mixed.test:${trap.port}/`;
    const error: unknown = await outbound.request({ method: "GET", url }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "BLOCKED_ADDRESS" });
    expect(String(error)).not.toContain("127.0.0.1");
    expect(warnings).toEqual([{ host: "mixed.test", address: "127.0.0.1", verdict: "closed" }]);
    expect(trap.connections).toBe(0);
  });

  test("asks once per connection, so a name cannot turn between the check and the connection", async () => {
    await using trap = await startReceiver();
    let lookups = 0;
    await using outbound = createOutbound({
      privateTargets: parsePrivateTargets(["127.0.0.2"]),
      resolve: async () => {
        lookups += 1;
        // Nothing listens at the first address; the trap listens at the second.
        return lookups === 1 ? [{ address: "127.0.0.2", family: 4 }] : [loopback];
      },
    });
    const url = `http://rebinding.test:${trap.port}/`;
    const call = { method: "GET", url, deadlineMs: 500 } as const;
    await expect(outbound.request(call)).rejects.toMatchObject({ code: "CONNECT" });
    expect(lookups).toBe(1);
    await expect(outbound.request(call)).rejects.toMatchObject({ code: "BLOCKED_ADDRESS" });
    expect(trap.connections).toBe(0);
  });
});
