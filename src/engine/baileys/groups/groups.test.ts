import { expect, test } from "vitest";
import { link, startEngineWorld } from "../../../../test/support/engine-world.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const SILENCE_MS = 600;
const timeouts = { connectMs: 10_000, keepAliveMs: 30_000, queryMs: 250 };

async function startWithGroup() {
  const world = await startEngineWorld({ timeouts });
  const { connection } = await link(world, ME);
  await world.wa.account(ALICE);
  const { jid } = await world.wa.group({ subject: "Us", participants: [ME, ALICE] });
  return { world, connection, groups: connection.groups, jid: jid as never };
}

test("silence is no answer: nothing looks changed, and no account looks as if it had no groups", async () => {
  const { world, groups, jid } = await startWithGroup();
  await using _ = world;
  world.wa.fault({ kind: "silence", phone: ME, ms: SILENCE_MS });
  const answers = await Promise.allSettled<unknown>([
    groups.change(jid, { kind: "SUBJECT", subject: "Changed" }),
    groups.create({ subject: "New", description: null, people: [], isCommunity: false }),
    groups.leave(jid),
    groups.list(),
    groups.inviteCode(jid),
  ]);
  const [change, question] = [unanswered(/before you try again/), unanswered(/in time. Try again/)];
  expect(answers).toMatchObject([change, change, change, question, question]);
});

function unanswered(words: RegExp) {
  const message = expect.stringMatching(words) as string;
  return { status: "rejected", reason: { code: "UNAVAILABLE", message } };
}

test("a setting that WhatsApp does not take is told with WhatsApp's number", async () => {
  const { world, groups, jid } = await startWithGroup();
  await using _ = world;
  await expect(
    groups.change(jid, { kind: "SUBJECT", subject: "x".repeat(200) }),
  ).rejects.toMatchObject({ code: "BAD_INPUT", details: { whatsappCode: 406 } });
});

test("a connection that has ended is asked nothing any more", async () => {
  const { world, connection, groups, jid } = await startWithGroup();
  await using _ = world;
  expect(await groups.list()).toHaveLength(1);
  await connection.close();
  await expect(groups.list()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await expect(groups.get(jid)).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
