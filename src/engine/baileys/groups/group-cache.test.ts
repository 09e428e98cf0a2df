import { beforeEach, expect, test } from "vitest";
import { GatewayError } from "../../../domain/errors.ts";
import type { Group } from "../../../domain/group-facts.ts";
import { createGroupCache, type GroupCache } from "./group-cache.ts";

const named = (id: string, subject = id) => ({ id, subject }) as unknown as Group;

let asked: string[];
/** What WhatsApp knows. */
let groups: Map<string, Group>;
/** Until then the list is on its way. */
let arrival: Promise<void>;
let cache: GroupCache;
beforeEach(() => {
  asked = [];
  arrival = Promise.resolve();
  groups = new Map(["a", "b"].map((id) => [id, named(id)]));
  cache = createGroupCache({
    one(jid) {
      asked.push(jid);
      const group = groups.get(jid);
      const gone = new GatewayError("GROUP_NOT_FOUND", "gone");
      return group === undefined ? Promise.reject(gone) : Promise.resolve(group);
    },
    async all() {
      asked.push("all");
      const answer = [...groups.values()];
      await arrival;
      return answer;
    },
  });
});

const subjects = async () => (await cache.list()).map(({ subject }) => subject);

test("all groups are asked for once, and what has changed since one by one", async () => {
  expect([await subjects(), await subjects()]).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
  groups.set("b", named("b", "new"));
  groups.set("c", named("c"));
  groups.delete("a");
  for (const jid of ["a", "b", "c"]) cache.forget(jid);
  expect(await subjects()).toEqual(["new", "c"]);
  expect(asked).toEqual(["all", "a", "b", "c"]);
});

test("one group comes from the list as long as it has not changed", async () => {
  await cache.list();
  await cache.get("a");
  cache.forget("a");
  groups.set("a", named("a", "new"));
  expect([(await cache.get("a")).subject, (await cache.get("a")).subject]).toEqual(["new", "new"]);
  expect(asked).toEqual(["all", "a"]);
});

test("after many changes, or one that names no group, all are asked for again", async () => {
  await cache.list();
  for (let n = 0; n < 40; n += 1) cache.forget(String(n));
  await cache.list();
  cache.forget();
  await cache.list();
  expect(asked).toEqual(["all", "all", "all"]);
});

test("a change while the list is on its way is not lost", async () => {
  const { promise, resolve: arrive } = Promise.withResolvers<void>();
  arrival = promise;
  const first = cache.list();
  const second = cache.list();
  await expect.poll(() => asked).toEqual(["all"]);
  groups.set("a", named("a", "new"));
  cache.forget("a");
  arrive();
  await first;
  expect((await second).map(({ subject }) => subject)).toEqual(["new", "b"]);
});
