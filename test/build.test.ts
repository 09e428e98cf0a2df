import { expect, test } from "vitest";
import { bundle } from "../scripts/generators/bundle.ts";
import { startSimulator } from "../simulator/index.ts";
import { callsTo } from "./support/calls.ts";
import { startProcess } from "./support/processes.ts";
import type { ShownEvent } from "./support/shown.ts";
import { tempDir } from "./support/temp-database.ts";

/** As deep below the root as `dist`, which may be in use. */
const BUILT = "node_modules/.cache/build-test";

const ME = "5511999990001";

test("what `npm run build` makes is the whole gateway: it migrates, links, receives, sends and stops", async () => {
  await bundle({ main: "src/main.ts" }, BUILT);
  using dir = tempDir();
  await using wa = await startSimulator();
  const [me, alice] = [await wa.account(ME), await wa.account("5511999990002")];
  const env = { DATA_DIR: dir.path, WHATSAPP_URL: wa.url };
  await using gateway = await startProcess(env, `${BUILT}/main.mjs`);
  const calls = callsTo(gateway.url);
  expect(await calls.post("/instances", { instanceId: "me" })).toMatchObject({ status: 201 });
  await me.link((await calls.get<{ qr: string }>("/instances/me/qr")).body);
  const status = async () =>
    (await calls.get<{ status: string }>("/instances/me/status")).body.status;
  await expect.poll(status).toBe("OPEN");

  await alice.send(ME, { text: "hello" });
  const texts = async () =>
    (
      await calls.get<{ events: readonly ShownEvent[] }>("/events?type=message.received")
    ).body.events.map(({ data }) => data.message?.text);
  await expect.poll(texts).toEqual(["hello"]);
  const image = { bytes: Buffer.from("x"), caption: "look" };
  await alice.send(ME, { image });
  await expect.poll(texts).toEqual(["hello", "look"]);
  const sent = await calls.post("/instances/me/sendMessage", { to: alice.phone, message: "hi" });
  expect(sent).toMatchObject({ status: 200 });
  await alice.waitFor(({ text }) => text === "hi");

  gateway.signal("SIGTERM");
  expect(await gateway.exited).toBe(0);
  expect(gateway.lines.filter(({ level }) => level >= 50)).toEqual([]);
});
