import { setTimeout as sleep } from "node:timers/promises";

/** How long a test waits for something to come, and how often it looks, in milliseconds. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 10;

/**
 * What `look` finds, as soon as it finds something. Unlike `expect.poll` it may be used while a file is set up.
 * @throws Error after ten seconds; `describe` says what there was instead.
 */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  describe: () => string,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`after ${PATIENCE_MS} ms ${describe()}`);
    await sleep(LOOK_EVERY_MS);
  }
}
