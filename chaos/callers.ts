import { setTimeout as sleep } from "node:timers/promises";
import { sendByGraphql, sendByRest } from "./api.ts";
import type { History, Send } from "./history.ts";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** Every send is asked for so often at once. */
const AT_ONCE = 3;

/**
 * Callers that send one message after the other, each waiting for its answer. A life of the gateway is
 * often over before the first answers, so many of them are what makes many sends.
 */
export const CALLERS = 20;

const TO_A_GROUP = 0.15;

/** Sends that were answered before are asked for again after a restart: so many, the newest. */
const ASKED_AGAIN = 12;

/** Between two attempts at a gateway that does not answer, in milliseconds. */
const ASKS_EVERY_MS = 250;

/** A caller gives up on a gateway that has answered nothing for so long (milliseconds). */
const GIVES_UP_MS = 60_000;

export interface Callers {
  /** Sends until told to stop; resolves when the last send has its answer. */
  run(signal: AbortSignal): Promise<void>;
  /** Resolves when this many sends were answered, or nobody answers any more. */
  reach(count: number): Promise<void>;
  /** What programs do that do not know whether they were heard: the same again. */
  askAgain(): Promise<void>;
}

export interface CallersOptions {
  readonly url: string;
  readonly world: World;
  readonly history: Pick<History, "sends">;
  readonly generation: () => number;
  readonly random: Random;
  /** Between two sends of one caller, on average, in milliseconds. */
  readonly everyMs: number;
}

export function makeCallers(options: CallersOptions): Callers {
  const { url, world, history, generation, random, everyMs } = options;

  function nextSend(choice: Random): Send {
    const at = history.sends.length + 1;
    const text = `out-${at}`;
    const common = { key: `key-${at}`, text, answers: [] };
    if (choice.chance(TO_A_GROUP)) {
      const { group, contacts, instances } = choice.pick(world.groups);
      const phones = contacts.map(({ phone }) => phone);
      return { ...common, instanceId: choice.pick(instances).id, to: group.jid, phones };
    }
    const { phone } = choice.pick(world.contacts);
    return { ...common, instanceId: choice.pick(world.instances).id, to: phone, phones: [phone] };
  }

  async function ask(send: Send): Promise<boolean> {
    const calls = Array.from({ length: AT_ONCE }, async (_, at) => {
      const answer = await (at % 2 === 0 ? sendByRest : sendByGraphql)(url, send);
      send.answers.push({ ...answer, generation: generation() });
      return answer.kind !== "unanswered";
    });
    return (await Promise.all(calls)).some(Boolean);
  }

  async function live(signal: AbortSignal): Promise<void> {
    const choice = random.fork();
    while (!signal.aborted) {
      const send = nextSend(choice);
      history.sends.push(send);
      const began = Date.now();
      while (!(await ask(send)) && Date.now() - began < GIVES_UP_MS) await sleep(ASKS_EVERY_MS);
      await sleep(choice.between(0, 2 * everyMs), undefined, { signal }).catch(() => undefined);
    }
  }

  const answered = () =>
    history.sends.filter(({ answers }) => answers.some(({ kind }) => kind === "taken"));

  return {
    async run(signal) {
      await Promise.all(Array.from({ length: CALLERS }, () => live(signal)));
    },
    async reach(count) {
      let [last, lastAt] = [0, Date.now()];
      while (last < count && Date.now() - lastAt < GIVES_UP_MS) {
        const now = answered().length;
        if (now > last) [last, lastAt] = [now, Date.now()];
        await sleep(ASKS_EVERY_MS);
      }
    },
    async askAgain() {
      await Promise.all(answered().slice(-ASKED_AGAIN).map(ask));
    },
  };
}
