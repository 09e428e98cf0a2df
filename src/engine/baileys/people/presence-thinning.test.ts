import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addressOf } from "../../../domain/address.ts";
import type { Presence, PresenceNews } from "../../../domain/presence.ts";
import { thinOut } from "./presence-thinning.ts";

let told: string[];
const news = (presence: Presence, name = "1@lid", lastSeen: Date | null = null): PresenceNews => {
  const contact = addressOf(name);
  return { type: "presence.update", chat: contact, contact, presence, lastSeen };
};
const thinning = () =>
  thinOut(({ contact, presence }) => told.push(`${contact.id} ${presence}`), 2_000);

beforeEach(() => {
  told = [];
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

test("a change is told at once, and the same is not told again", () => {
  const { hear } = thinning();
  hear(news("COMPOSING"));
  for (let second = 0; second < 60; second += 1) {
    vi.advanceTimersByTime(1_000);
    hear(news("COMPOSING"));
  }
  hear(news("PAUSED"));
  expect(told).toEqual(["1@lid COMPOSING", "1@lid PAUSED"]);
});

test("of a flood the first and, every two seconds, the last is told", () => {
  const { hear } = thinning();
  for (let n = 0; n < 10_000; n += 1) hear(news(n % 2 === 0 ? "COMPOSING" : "PAUSED"));
  expect(told).toEqual(["1@lid COMPOSING"]);
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual(["1@lid COMPOSING", "1@lid PAUSED"]);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(2);
});

test("what was undone within the gap is not told", () => {
  const { hear } = thinning();
  hear(news("COMPOSING"));
  hear(news("PAUSED"));
  hear(news("COMPOSING"));
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual(["1@lid COMPOSING"]);
});

test("a later time of being seen is news", () => {
  const { hear } = thinning();
  hear(news("UNAVAILABLE", "1@lid", new Date(1_000)));
  vi.advanceTimersByTime(2_000);
  hear(news("UNAVAILABLE", "1@lid", new Date(2_000)));
  expect(told).toHaveLength(2);
});

test("of too many people the first ones are forgotten, but not what they did last", () => {
  const { hear, stop } = thinning();
  hear(news("COMPOSING", "0@lid"));
  hear(news("PAUSED", "0@lid"));
  for (let n = 1; n <= 1_000; n += 1) hear(news("COMPOSING", `${n}@lid`));
  expect(told[1_000]).toBe("0@lid PAUSED");
  expect(vi.getTimerCount()).toBe(1_000);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
