/**
 * A webhook room in a process that is there to be killed. It is told its data directory and, the first
 * time, the receiver to which the log is to be replayed.
 */
import { incoming, INSTANCE, openRoom } from "../../src/webhooks/testing/room.ts";

const [dataDir = "", url, events = "0"] = process.argv.slice(2);

await using room = await openRoom(dataDir);
if (url !== undefined) {
  const texts = Array.from({ length: Number(events) }, (_, at) => at);
  await Promise.all(texts.map((at) => room.events.append(incoming(`${at}`, `${at % 7}@lid`))));
  const { webhook } = await room.webhooks.create(INSTANCE, { url });
  await room.webhooks.replay(webhook.id, { after: "earliest" });
}
// The receiver says when it has seen enough.
await new Promise(() => {
  setInterval(() => undefined, 60_000);
});
