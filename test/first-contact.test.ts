import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", "5511999990001");
});
afterAll(() => gateway[Symbol.asyncDispose]());

test("whoever writes first while being written to first is understood on both sides", async () => {
  const contacts = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      gateway.wa.account(`551188880000${at}`, { name: `Contact ${at}`, addressing: "lid" }),
    ),
  );
  const before = gateway.wa.stats["retries"] ?? 0;
  await Promise.all(
    contacts.flatMap((contact) =>
      [0, 1, 2, 3].flatMap((turn) => [
        contact.send("5511999990001", { text: `in ${turn}` }),
        gateway.post("/instances/me/sendMessage", { to: contact.phone, message: `out ${turn}` }),
      ]),
    ),
  );
  for (const contact of contacts) {
    for (const turn of [0, 1, 2, 3]) await contact.waitFor(({ text }) => text === `out ${turn}`);
    const said = ["in 0", "in 1", "in 2", "in 3"];
    const heard = async () => {
      const events = await gateway.events("me", "message.received");
      return events
        .map(({ data }) => data.message)
        .filter((message) => message?.sender.lid === contact.lid)
        .map((message) => message?.text ?? "")
        .toSorted();
    };
    await expect.poll(heard).toEqual(said);
  }
  expect(await gateway.events("me", "message.undecryptable")).toEqual([]);
  expect(gateway.wa.stats["retries"]).toBe(before);
}, 40_000);
