import { incoming, type Room } from "../../src/webhooks/testing/room.ts";

/** Chats that write at the same time. */
const CHATS = 500;

/** Appends under way at a time: what a busy gateway with some hundred accounts has. */
const WIDTH = 200;

/** Logs messages as fast as the log takes them. Returns events per second. */
export async function ingest({ events }: Room, count: number, from = 0): Promise<number> {
  const begun = performance.now();
  let next = from;
  const work = async () => {
    while (next < from + count) {
      const at = next;
      next += 1;
      await events.append(incoming(`${at} ${Date.now()}`, `${at % CHATS}@lid`));
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  return (count / (performance.now() - begun)) * 1_000;
}
