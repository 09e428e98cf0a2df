import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

const ME = "5511999990001";

test("a post reaches a follower's client in clear, and once", async () => {
  await using wa = await startSimulator();
  const me = await wa.account(ME);
  await using client = await Client.linked(wa, me);
  const channel = await wa.channel({ name: "News", followers: [ME] });
  const { id } = await wa.post(channel, { text: "extra" });
  await expect.poll(() => client.texts()).toEqual(["extra"]);
  expect(client.messages[0]?.message.key).toMatchObject({ remoteJid: channel.jid, id });
  await expect(wa.post("1@newsletter", { text: "x" })).rejects.toMatchObject({
    code: "CHANNEL_NOT_FOUND",
  });
  await expect(wa.channel({ name: "x", followers: ["5511999990002"] })).rejects.toMatchObject({
    code: "ACCOUNT_NOT_FOUND",
  });
});
