import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf } from "./address.ts";
import type { MessageStatus } from "./message.ts";
import { MESSAGE_STATUSES, hasReached, identityOf, mayBecome } from "./message.ts";

const status = fc.constantFrom(...MESSAGE_STATUSES);
const WAY: readonly MessageStatus[] = [
  "QUEUED",
  "SENDING",
  "SERVER_ACK",
  "DELIVERED",
  "READ",
  "PLAYED",
];
const ENDINGS: readonly MessageStatus[] = ["FAILED", "EXPIRED", "CANCELLED"];

test("whatever is heard in whatever order, a message only moves forward and an ending is the end", () => {
  fc.assert(
    fc.property(fc.array(status, { maxLength: 30 }), (heard) => {
      let now: MessageStatus = "QUEUED";
      for (const next of heard) {
        if (!mayBecome(now, next)) continue;
        expect(ENDINGS).not.toContain(now);
        if (ENDINGS.includes(next))
          expect(WAY.indexOf(now)).toBeLessThan(WAY.indexOf("SERVER_ACK"));
        else expect(WAY.indexOf(next)).toBeGreaterThan(WAY.indexOf(now));
        now = next;
      }
    }),
  );
});

test("an ending ends every wait", () => {
  for (const ending of ENDINGS) expect(hasReached(ending, "DELIVERED")).toBe(true);
  expect(hasReached("SERVER_ACK", "DELIVERED")).toBe(false);
  expect(hasReached("READ", "DELIVERED")).toBe(true);
});

test("nobody can take another's place by reusing the id of a message", () => {
  const chat = addressOf("120363000000000009@g.us");
  const alice = { chat, sender: addressOf("1@lid"), fromMe: false, id: "A" };
  const mallory = { ...alice, sender: addressOf("2@lid") };
  expect(identityOf(alice)).not.toBe(identityOf(mallory));
  expect(identityOf(alice)).toBe(
    identityOf({ ...alice, sender: addressOf("5511@s.whatsapp.net", "1@lid") }),
  );
});
