import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, startSimulator } from "../../simulator/index.ts";
import { atMost, type Figure } from "../figures.ts";
import { type Follower, follow } from "../follower.ts";
import { startGateway } from "../gateway.ts";
import { linkInstance } from "../instance.ts";

const BENCH = "poisoned messages";

/** The message behind it is an event so soon after it (milliseconds). */
const AIM_MS = 100;

const ROUNDS = 7;

const ME = "5511999990001";

const LARGE = "5 megabytes ".repeat(440_000);

const POISONS: Readonly<Record<string, (from: Account) => Promise<{ readonly id: string }>>> = {
  "nothing special": (from) => from.send(ME, { text: "hello" }),
  "five megabytes of text": (from) => from.send(ME, { text: LARGE }),
  "lone surrogates": (from) => from.send(ME, { text: "a \ud800 b" }),
  "a file called __proto__": (from) =>
    from.send(ME, { document: { bytes: Buffer.from("x"), fileName: "__proto__\0\ud800" } }),
};

/** How long a message waits behind one that is hard to swallow. */
export async function poisonedMessages(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), "wagraph-bench-"));
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const wa = stack.use(await startSimulator());
  const gateway = stack.use(await startGateway({ DATA_DIR: dataDir, WHATSAPP_URL: wa.url }));
  const me = await wa.account(ME);
  await linkInstance(gateway, me, "me");
  const alice = await wa.account("5511999990002", { name: "__proto__" });
  const follower = stack.use(await follow(gateway));

  const figures: Figure[] = [];
  for (const [name, send] of Object.entries(POISONS)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(await behind(follower, alice, send));
    const value = Math.round(times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN);
    figures.push({
      bench: BENCH,
      figure: `the next after ${name}`,
      value,
      unit: "ms",
      ...atMost(AIM_MS, value),
    });
  }
  return figures;
}

/** From the event of the first to that of the one that was sent right behind it, in milliseconds. */
async function behind(
  follower: Follower,
  from: Account,
  send: (from: Account) => Promise<{ readonly id: string }>,
): Promise<number> {
  const first = await send(from);
  const next = await from.send(ME, { text: "the next" });
  const began = await follower.message(first.id);
  return (await follower.message(next.id)) - began;
}
