/**
 * A webhook room in a process that is there to be killed. It is told its data directory and, the first
 * time, the receiver to which the log is to be replayed: then it kills itself in the middle of that.
 */
import { incoming, INSTANCE, openRoom } from "../../src/webhooks/testing/room.ts";

const [dataDir = "", url, events = "0"] = process.argv.slice(2);

await using room = await openRoom(dataDir);
if (url !== undefined) {
  const texts = Array.from({ length: Number(events) }, (_, at) => at);
  await Promise.all(texts.map((at) => room.events.append(incoming(`${at}`, `${at % 7}@lid`))));
  const { webhook } = await room.webhooks.create(INSTANCE, { url });
  const { id } = await room.webhooks.replay(webhook.id, { after: "earliest" });
  // Between two pages: some events have been queued, and others have not.
  for (;;) {
    const [replay] = await room.webhooks.replays(webhook.id, 1);
    const { examined = 0, total = 0 } = replay ?? {};
    if (examined >= total) throw new Error(`the replay ${id} was over before it could be cut off`);
    if (examined > 0) process.kill(process.pid, "SIGKILL");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
// The receiver says when it has seen enough.
await new Promise(() => {
  setInterval(() => undefined, 60_000);
});
