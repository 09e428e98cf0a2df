import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

test("a client links by QR code and exchanges texts with a contact", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001", { name: "Me" });
  const alice = await wa.account("5511999990002", { name: "Alice" });
  await using client = await Client.linked(wa, me);

  await alice.send(me.phone, { text: "hello" });
  await expect.poll(() => client.texts()).toEqual(["hello"]);
  await client.socket.sendMessage(alice.jid, { text: "hi" });
  const reply = await alice.waitFor(({ text }) => text === "hi");
  expect(reply).toMatchObject({ from: me.phone, to: alice.phone, chat: me.phone, type: "text" });
});
