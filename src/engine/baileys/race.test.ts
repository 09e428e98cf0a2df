import { expect, test } from "vitest";
import { link, sendText, startEngineWorld } from "../../../test/support/engine-world.ts";
import { memorySessionState } from "../../../test/support/memory-session-state.ts";

const ME = "5511999990001";
const ANA = "5511999990002";

test("sending and receiving with one contact at once loses nothing, with a store that takes its time", async () => {
  await using world = await startEngineWorld();
  const ana = await world.wa.account(ANA);
  const state = memorySessionState();
  const me = await link(world, ME, state);
  await sendText(me, ANA, "warm up");
  await ana.waitFor(({ text }) => text === "warm up");
  await ana.send(ME, { text: "warm up too" });
  await me.message("warm up too");
  let turn = 0;
  state.delay = async () => {
    turn += 1;
    for (let n = turn % 4; n >= 0; n -= 1) await new Promise((resolve) => setImmediate(resolve));
  };

  const to = ana.lid as never;
  const outgoing = async (): Promise<void> => {
    for (let n = 0; n < 100; n += 1) {
      const { bytes } = await me.connection.prepare(
        { kind: "TEXT", text: `out ${n}`, quoted: null },
        to,
      );
      await me.connection.transmit(`3EB0${n}` as never, to, bytes);
      // Without a pause each send would begin before a decryption could undo the one before it.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const incoming = async (): Promise<void> => {
    for (let n = 0; n < 100; n += 1) {
      await ana.send(ME, { text: `in ${n}` });
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  };
  await Promise.all([outgoing(), incoming()]);
  await me.message("in 99");
  await ana.waitFor(({ text }) => text === "out 99");

  const { undecryptable = 0, retries = 0 } = world.wa.stats;
  expect({ undecryptable, retries }).toEqual({ undecryptable: 0, retries: 0 });
  expect(me.texts().slice(1)).toEqual(Array.from({ length: 100 }, (_, n) => `in ${n}`));
  expect(ana.received.slice(1).map(({ text }) => text)).toEqual(
    Array.from({ length: 100 }, (_, n) => `out ${n}`),
  );
});
