import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Account, type Simulator, startSimulator } from "../simulator/index.ts";
import { callsTo } from "./support/calls.ts";
import { startTestGateway } from "./support/gateway.ts";
import { startProcess } from "./support/processes.ts";
import { type Receiver, startReceiver } from "./support/receiver.ts";
import { sendText } from "./support/sends.ts";
import type { ShownEvent } from "./support/shown.ts";
import { tempDir } from "./support/temp-database.ts";

const ME = "5511999990001";

/** A stop has this long (milliseconds), whatever is under way. */
const DRAINED_WITHIN_MS = 10_000;

let wa: Simulator;
const shown = () => alice.received.map(({ id }) => id);

let receiver: Receiver;
let alice: Account;
beforeAll(async () => {
  wa = await startSimulator();
  receiver = await startReceiver();
  alice = await wa.account("5511999990002");
});
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
  await wa[Symbol.asyncDispose]();
});

/** A data directory with a linked instance "me" whose messages go to the receiver. */
async function linkedDir() {
  const dir = tempDir();
  await using gateway = await startTestGateway({ wa, dataDir: dir.path });
  await gateway.linked("me", ME);
  const { body } = await gateway.post<{ secret: string }>("/instances/me/webhooks", {
    url: receiver.url,
    events: ["message.received", "message.sent"],
  });
  receiver.trust(body.secret);
  return dir;
}

test("SIGTERM under load: out within ten seconds, no event lost, no webhook told twice, every send that was promised taken by WhatsApp once", async () => {
  using dir = await linkedDir();
  const sent = new Set<string>();
  const heard: string[] = [];
  {
    await using gateway = await startProcess({ DATA_DIR: dir.path, WHATSAPP_URL: wa.url });
    const calls = callsTo(gateway.url);
    await expect
      .poll(async () => (await calls.get("/instances/me/status")).body)
      .toMatchObject({ status: "OPEN" });
    const over = new AbortController();
    const sending = Array.from({ length: 2 }, async (_, lane) => {
      for (let n = 0; !over.signal.aborted; n += 1) {
        // What is cut off by the end was stored or was not: only an answer is a promise.
        const answer = await sendText(calls, alice.phone, `out ${lane} ${n}`).catch(() => null);
        if (answer === null) return;
        sent.add(answer.id);
        await sleep(40);
      }
    });
    const hearing = (async () => {
      for (let n = 0; !over.signal.aborted; n += 1) {
        heard.push((await alice.send(ME, { text: `in ${n}` })).id);
        await sleep(40);
      }
    })();
    await expect.poll(() => receiver.events.length).toBeGreaterThan(20);

    const began = performance.now();
    gateway.signal("SIGTERM");
    gateway.signal("SIGTERM");
    expect(await gateway.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(DRAINED_WITHIN_MS);
    over.abort();
    await Promise.all([...sending, hearing]);
  }

  await using gateway = await startTestGateway({ wa, dataDir: dir.path });
  await gateway.reaches("me", "OPEN");
  const told = (type: string) =>
    receiver.events.flatMap((event: ShownEvent) =>
      event.type === type ? [event.data.message?.id ?? ""] : [],
    );
  const patience = { timeout: 30_000 };
  await expect.poll(() => new Set(told("message.received")).size, patience).toBe(heard.length);
  await expect
    .poll(() => [...sent].filter((id) => !told("message.sent").includes(id)), patience)
    .toEqual([]);
  await expect.poll(() => [...sent].filter((id) => !shown().includes(id)), patience).toEqual([]);
  expect(new Set(shown()).size).toBe(shown().length);

  // A delivery that was under way is finished before the end, so none is made again after it.
  const ids = receiver.events.map(({ id }) => id);
  expect(ids.length - new Set(ids).size).toBe(0);
  const events = (await gateway.events("me", "connection.close")).map(({ data }) => data["reason"]);
  expect(events.filter((reason) => reason === "GATEWAY_STOPPED")).toHaveLength(2);
}, 60_000);
