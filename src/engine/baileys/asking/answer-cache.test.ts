import { expect, test } from "vitest";
import { createAnswerCache } from "./answer-cache.ts";

test("a group is asked for once, until its members change or too many others came", async () => {
  const asked: string[] = [];
  const groups = createAnswerCache((jid) => {
    asked.push(jid);
    return Promise.resolve({ id: jid, participants: [] });
  });
  await groups.get("1@g.us");
  await groups.get("1@g.us");
  expect(asked).toEqual(["1@g.us"]);
  groups.forget("1@g.us");
  await groups.get("1@g.us");
  expect(asked).toHaveLength(2);
  for (let n = 2; n < 40; n += 1) await groups.get(`${n}@g.us`);
  await groups.get("1@g.us");
  expect(asked.filter((jid) => jid === "1@g.us")).toHaveLength(3);
});

test("a group that could not be asked for is asked for again", async () => {
  let answers = 0;
  const groups = createAnswerCache((jid) => {
    answers += 1;
    if (answers === 1) return Promise.reject(new Error("not now"));
    return Promise.resolve({ id: jid, participants: [] });
  });
  await expect(groups.get("1@g.us")).rejects.toThrow("not now");
  expect((await groups.get("1@g.us")).id).toBe("1@g.us");
});

test("who asks at the same time shares an answer, which is not kept when a change overtook it", async () => {
  const answers: ((subject: string) => void)[] = [];
  const groups = createAnswerCache(() => new Promise<string>((resolve) => answers.push(resolve)));
  const both = Promise.all([groups.get("1@g.us"), groups.get("1@g.us")]);
  await expect.poll(() => answers.length).toBe(1);
  groups.forget("1@g.us");
  answers[0]?.("old");
  expect(await both).toEqual(["old", "old"]);
  const again = groups.get("1@g.us");
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.("new");
  expect([await again, await groups.get("1@g.us")]).toEqual(["new", "new"]);
});
