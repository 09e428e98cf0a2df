import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { StepName } from "../src/domain/steps.ts";
import { batchWhich, sendBatch } from "./support/batches.ts";
import { startTestGateway } from "./support/gateway.ts";

const CHILD = fileURLToPath(new URL("../chaos/gateway-child.ts", import.meta.url));

const PHONES = ["5511999990002", "5511999990003", "5511999990004"];
const RECIPIENTS = 120;

test("a batch survives kill -9 again and again: everybody gets each message once", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", "5511999990001");
  const phones = await Promise.all(PHONES.map((phone) => gateway.wa.account(phone)));
  const { body } = await sendBatch(gateway, {
    content: { text: "{{number}}" },
    recipients: Array.from({ length: RECIPIENTS }, (_, number) => ({
      to: PHONES[number % PHONES.length],
      variables: { number: String(number) },
    })),
    scheduledAt: new Date(Date.now() + 1_000).toISOString(),
  });
  await gateway.stop();

  const texts = () => phones.flatMap((phone) => phone.received.map(({ text }) => Number(text)));
  /** Runs the gateway until it dies at that step. */
  async function dieAt(step: StepName, passage: number): Promise<void> {
    const child = fork(CHILD, [step, String(passage)], {
      env: {
        // Nothing of this process's own settings.
        PATH: process.env["PATH"],
        DATA_DIR: gateway.dataDir,
        WHATSAPP_URL: gateway.wa.url,
        PORT: "0",
        LOG_LEVEL: "error",
      },
    });
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect([code, signal]).toEqual([null, "SIGKILL"]);
  }
  // After its second page, when nobody knows of it yet; and between two messages of another one.
  await dieAt("intent-committed", 2);
  const atFirst = texts().length;
  expect(atFirst).toBeLessThan(RECIPIENTS);
  await dieAt("transmitted", 30);
  expect(texts().length).toBeGreaterThan(atFirst);
  expect(texts().length).toBeLessThan(RECIPIENTS);

  await gateway.start();
  await batchWhich(gateway, body.id, ({ progress }) => progress["delivered"] === RECIPIENTS);
  const all = Array.from({ length: RECIPIENTS }, (_, number) => number);
  expect(texts().toSorted((a, b) => a - b)).toEqual(all);
}, 60_000);
