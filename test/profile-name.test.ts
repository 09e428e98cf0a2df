import { expect, test } from "vitest";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

test("an account is called as it was said here or on the phone, by people and after a restart", async () => {
  await using gateway = await startTestGateway();
  const me = await gateway.linked("me", ME);
  const alice = await gateway.wa.account(ALICE);
  const rename = (name: string) =>
    gateway.post<{ name: string } & ErrorReply>("/instances/me/profile/name", { name });
  const shown = async () => (await gateway.status("me")).profileName;

  expect(await rename(" Ana ")).toMatchObject({ status: 200, body: { name: "Ana" } });
  await expect.poll(() => me.name).toBe("Ana");
  expect(await shown()).toBe("Ana");
  expect(me.unreadable).toBe(0);
  await gateway.post("/instances/me/sendMessage", { to: ALICE, message: "hi" });
  await alice.waitFor(({ text }) => text === "hi");

  await gateway.stop();
  await me.act({ pushName: "Ana B." });
  await gateway.start();
  await expect.poll(shown).toBe("Ana B.");

  for (const name of ["", "x".repeat(26)]) {
    expect((await rename(name)).body.error.code).toBe("BAD_INPUT");
  }
  gateway.wa.fault({ kind: "syncError", phone: ME, count: 10 });
  expect((await rename("Other")).body.error.code).toBe("CONFLICT");
  expect(await shown()).toBe("Ana B.");
});
