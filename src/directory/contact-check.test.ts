import { expect, test } from "vitest";
import { type Address, addressOf } from "../domain/address.ts";
import { ContactChecks } from "./contact-check.ts";

/** A WhatsApp on which every number that ends in 0 is free. */
function whatsapp() {
  const asked: (readonly string[])[] = [];
  return {
    asked,
    check(phones: readonly string[]): Promise<ReadonlyMap<string, Address>> {
      asked.push(phones);
      const taken = phones.filter((phone) => !phone.endsWith("0"));
      return Promise.resolve(
        new Map(taken.map((phone) => [phone, addressOf(`${phone}@s.whatsapp.net`)])),
      );
    },
  };
}

test("a thousand numbers are asked about in portions, each once", async () => {
  const wa = whatsapp();
  const inputs = Array.from({ length: 500 }, (_, n) => String(4915100000000 + n));
  const doubled = [...inputs, ...inputs.map((phone) => `+${phone.slice(0, 2)} ${phone.slice(2)}`)];
  const checks = await new ContactChecks().check(doubled, wa);
  expect(wa.asked.map(({ length }) => length)).toEqual([100, 100, 100, 100, 100]);
  expect(checks.map(({ input }) => input)).toEqual(doubled);
  expect(checks.filter(({ address }) => address === null)).toHaveLength(100);
});

test("an answer is kept for a day, and that there is nobody for ten minutes", async () => {
  const wa = whatsapp();
  let now = 0;
  const checks = new ContactChecks(() => now);
  const ask = () => checks.check(["4915100000001", "4915100000010"], wa);
  await ask();
  await ask();
  expect(wa.asked).toHaveLength(1);
  now += 10 * 60_000;
  await ask();
  expect(wa.asked.slice(1)).toEqual([["4915100000010"]]);
  now += 24 * 60 * 60_000;
  await ask();
  expect(wa.asked.slice(2)).toEqual([["4915100000001", "4915100000010"]]);
});

test("who asks about the same at the same time shares an answer, and an account asks one question at a time", async () => {
  const wa = whatsapp();
  const checks = new ContactChecks();
  let open = 0;
  let most = 0;
  const busy = {
    async check(phones: readonly string[]) {
      most = Math.max(most, (open += 1));
      await Promise.resolve();
      open -= 1;
      return wa.check(phones);
    },
  };
  const ask = (phone: string) => checks.check([phone, "4915100000009"], busy);
  await Promise.all(["4915100000001", "4915100000002", "4915100000003"].map(ask));
  expect(most).toBe(1);
  expect(wa.asked.flat()).toEqual([
    "4915100000001",
    "4915100000009",
    "4915100000002",
    "4915100000003",
  ]);
});

test("a question that failed keeps nobody from the next", async () => {
  const wa = whatsapp();
  const checks = new ContactChecks();
  let isDown = true;
  const flaky = {
    check(phones: readonly string[]) {
      return isDown ? Promise.reject(new Error("not now")) : wa.check(phones);
    },
  };
  await expect(checks.check(["4915100000001"], flaky)).rejects.toThrow("not now");
  isDown = false;
  const [answer] = await checks.check(["4915100000001"], flaky);
  expect(answer?.address?.id).toBe("4915100000001@s.whatsapp.net");
});

test("what cannot be a number is not asked about", async () => {
  const wa = whatsapp();
  const inputs = ["abc", "98765432101234@lid", "1@g.us", "", "4915100000001@s.whatsapp.net"];
  const checks = await new ContactChecks().check(inputs, wa);
  expect(checks.map(({ isNumber }) => isNumber)).toEqual([false, false, false, false, true]);
  expect(wa.asked).toEqual([["4915100000001"]]);
});

test.each([0, 1_001])("%i numbers are refused", async (length) => {
  const inputs = Array.from({ length }, () => "4915100000001");
  await expect(new ContactChecks().check(inputs, whatsapp())).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});
