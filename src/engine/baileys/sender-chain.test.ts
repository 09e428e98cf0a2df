import { expect, test } from "vitest";
import { GroupCipher } from "@whiskeysockets/baileys/lib/Signal/Group/group_cipher.js";
import { GroupSessionBuilder } from "@whiskeysockets/baileys/lib/Signal/Group/group-session-builder.js";
import { SenderKeyMessage } from "@whiskeysockets/baileys/lib/Signal/Group/sender-key-message.js";
import { SenderKeyName } from "@whiskeysockets/baileys/lib/Signal/Group/sender-key-name.js";
import { SenderKeyRecord } from "@whiskeysockets/baileys/lib/Signal/Group/sender-key-record.js";
import "./sender-chain.ts";

/** Keeps records as Baileys stores them. */
function storage() {
  let kept = "[]";
  return {
    size: () => kept.length,
    loadSenderKey: async () => SenderKeyRecord.deserialize(Buffer.from(kept)),
    async storeSenderKey(_: SenderKeyName, record: SenderKeyRecord) {
      kept = JSON.stringify(record.serialize());
    },
  };
}

test("a sender takes one key after the other, and its record does not grow", async () => {
  const [ours, theirs] = [storage(), storage()];
  const name = new SenderKeyName("g@g.us", { id: "me", deviceId: 1, toString: () => "me.1" });
  const invitation = await new GroupSessionBuilder(ours).create(name);
  await new GroupSessionBuilder(theirs).process(name, invitation);
  const sender = new GroupCipher(ours, name);
  const receiver = new GroupCipher(theirs, name);
  const iterations: number[] = [];
  const sizes: number[] = [];
  for (let at = 0; at < 40; at += 1) {
    const sealed = await sender.encrypt(Buffer.from(`message ${at}`));
    iterations.push(new SenderKeyMessage(null, null, null, null, sealed).getIteration());
    expect(Buffer.from(await receiver.decrypt(sealed)).toString()).toBe(`message ${at}`);
    sizes.push(ours.size() + theirs.size());
  }
  expect(iterations).toEqual(Array.from({ length: 40 }, (_, at) => at));
  expect((sizes.at(-1) ?? 0) - (sizes[0] ?? 0)).toBeLessThan(200);
});
