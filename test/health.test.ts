import { expect, test } from "vitest";
import { startTestGateway } from "./support/gateway.ts";

test("how the gateway is: processes, storage, and what went through", async () => {
  await using gateway = await startTestGateway();
  const { wa } = gateway;
  await gateway.linked("shop", "5511999990001");
  const ana = await wa.account("5511999999999", { name: "Ana" });
  await ana.send("5511999990001", { text: "Hi" });
  await gateway.event("shop", "message.received");
  await gateway.post("/instances/shop/sendMessage", { to: "5511999999999", message: "Hello" });
  await gateway.event("shop", "message.sent");

  const { status, body } = await gateway.get<{
    readonly notReady: readonly string[];
    readonly storage: { readonly database: number; readonly free: number };
    readonly nodes: readonly {
      readonly startedAt: string;
      readonly vitalSigns: readonly Record<string, number>[];
    }[];
    readonly throughput: Parts;
  }>("/health");
  expect(status).toBe(200);
  expect(body.notReady).toEqual([]);
  expect(body.storage.database).toBeGreaterThan(100_000);
  expect(body.storage.free).toBeGreaterThan(0);
  const [node] = body.nodes;
  const signs = node?.vitalSigns.at(-1);
  expect(signs?.["memory"]).toBeGreaterThan(20_000_000);
  expect(signs?.["heap"]).toBeLessThan(signs?.["memory"] ?? 0);
  expect(signs?.["processor"]).toBeGreaterThan(0);
  expect(signs?.["eventLoopDelay"]).toBeGreaterThanOrEqual(0);
  expect(sums(body.throughput)).toEqual([1, 1]);

  const ofShop = await gateway.get<Parts>("/instances/shop/throughput");
  expect(sums(ofShop.body)).toEqual([1, 1]);
  expect((await gateway.get("/instances/nobody/throughput")).status).toBe(404);
});

interface Parts {
  readonly received: readonly number[];
  readonly sent: readonly number[];
}

const sums = ({ received, sent }: Parts) =>
  [received, sent].map((counts) => counts.reduce((sum, count) => sum + count, 0));
