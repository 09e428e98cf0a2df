import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { sendText } from "./support/sends.ts";
import type { ShownSend } from "./support/shown.ts";

const ALICE = "5511999990002";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", "5511999990001");
  alice = await gateway.wa.account(ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const setPacing = (pacing: string) =>
  gateway.graphql(
    `mutation { setPacing(id: "me", pacing: ${pacing}) { __typename ... on Error { code } } }`,
  );

const pacing = async () =>
  (
    await gateway.graphql<{ instance: { pacing: Record<string, number> | null } }>(
      `{ instance(id: "me") { pacing { perMinute burst jitter remaining nextInMs } } }`,
    )
  ).instance.pacing;

const post = (message: string) =>
  gateway.post<ShownSend>("/instances/me/sendMessage", { to: ALICE, message });

test("without a pace nothing is said about one", async () => {
  const { headers } = await post("as fast as it can");
  expect(headers.get("ratelimit-limit")).toBeNull();
  expect(await pacing()).toBeNull();
});

test("a burst goes at once, the rest at the pace, and what is left is told everywhere", async () => {
  await setPacing("{perMinute: 6, burst: 3, jitter: 0}");
  expect(await pacing()).toMatchObject({ perMinute: 6, burst: 3, jitter: 0, remaining: 3 });
  const { status, headers } = await post("one of the burst");
  expect(status).toBe(200);
  expect(headers.get("ratelimit-limit")).toBe("3");
  expect(Number(headers.get("ratelimit-remaining"))).toBeLessThan(3);
  expect(headers.get("ratelimit-reset")).toMatch(/^\d+$/);

  await setPacing("{perMinute: 300, burst: 3, jitter: 0}");
  const began = performance.now();
  const sent: string[] = [];
  for (let n = 0; n < 9; n += 1) sent.push((await sendText(gateway, ALICE, `paced ${n}`)).id);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect((await pacing())?.["remaining"]).toBe(0);
  await alice.waitFor(({ id }) => id === sent.at(-1));
  // Three of nine at most find a token; each of the others waits its fifth of a second.
  expect(performance.now() - began).toBeGreaterThan(1_100);
  expect(performance.now() - began).toBeLessThan(4_000);
});

test("a paced message never holds its caller longer than the caller would wait", async () => {
  await setPacing("{perMinute: 1, burst: 1, jitter: 0}");
  await post("takes the only token");
  const began = performance.now();
  const { id, status } = await sendText(gateway, ALICE, "much later", {
    waitFor: "SERVER_ACK",
    waitTimeoutMs: 100,
  });
  expect(status).toBe("QUEUED");
  expect(performance.now() - began).toBeLessThan(1_000);
  const paced = await pacing();
  expect(paced?.["nextInMs"]).toBeGreaterThan(50_000);
  expect(alice.received.some((message) => message.id === id)).toBe(false);

  // Who takes the pace away lets go what waits for it.
  await setPacing("null");
  await alice.waitFor((message) => message.id === id);
});

test.each(["0", "0.00001", "6001"])("%s per minute is no pace", async (perMinute) => {
  const refused = await setPacing(`{perMinute: ${perMinute}}`);
  expect(refused).toMatchObject({ setPacing: { code: "BAD_INPUT" } });
});
