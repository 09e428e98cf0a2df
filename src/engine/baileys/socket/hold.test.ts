import { expect, test } from "vitest";
import { connect, link, startEngineWorld } from "../../../../test/support/engine-world.ts";

const ME = "5511999990001";
const ANA = "5511999990002";

const STORED_NOWHERE_ELSE = new Set(["news", "message"]);

test("a call, a change of a group and a channel's post are confirmed only once they are stored", async () => {
  await using world = await startEngineWorld();
  const { wa } = world;
  const ana = await wa.account(ANA);
  const { state, connection } = await link(world, ME);
  await connection.close();
  const gate = Promise.withResolvers<void>();
  const onFact = ({ kind }: { readonly kind: string }) =>
    STORED_NOWHERE_ELSE.has(kind) ? gate.promise : undefined;
  const me = await connect(world, ME, state, { onFact });
  const { acks = 0 } = wa.stats;

  const group = await wa.group({ subject: "Us", participants: [ANA, ME] });
  const channel = await wa.channel({ name: "News", followers: [ME] });
  await ana.call(ME);
  await wa.changeGroup(group, { by: ANA, subject: "All" });
  await wa.post(channel, { text: "extra" });
  await me.next("news", ({ event }) => event.type === "call");
  await me.next("news", ({ event }) => event.type === "group.update");
  await me.message("extra");
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(wa.stats["acks"] ?? 0).toBe(acks);
  gate.resolve();
  await expect.poll(() => wa.stats["acks"]).toBe(acks + 3);
});

test.each(["news", "message"])(
  "%s that cannot be stored ends the connection unconfirmed, and comes again",
  async (kind) => {
    await using world = await startEngineWorld();
    const { wa } = world;
    const ana = await wa.account(ANA);
    const channel = await wa.channel({ name: "News", followers: [ANA] });
    const { state, connection } = await link(world, ANA);
    await connection.close();
    const onFact = (fact: { readonly kind: string }) =>
      fact.kind === kind ? Promise.reject(new Error("disk full")) : undefined;
    const failing = await connect(world, ANA, state, { onFact });
    const { acks = 0 } = wa.stats;
    if (kind === "news") await (await wa.account(ME)).call(ANA);
    else await wa.post(channel, { text: "extra" });
    expect((await failing.next("close")).close).toMatchObject({ reason: "STORE_FAILED" });
    expect(wa.stats["acks"] ?? 0).toBe(acks);

    const back = await connect(world, ANA, state);
    if (kind === "news") expect((await back.next("news")).whileOffline).toBe(true);
    else expect((await back.message("extra")).whileOffline).toBe(true);
    await expect.poll(() => wa.stats["acks"]).toBe(acks + 1);
    expect(ana.devices()).toHaveLength(1);
  },
);
