import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Order, Report } from "./receiver.ts";

const CHILD = fileURLToPath(new URL("receiver.ts", import.meta.url));

/** The receivers, from outside. */
export interface Receivers extends AsyncDisposable {
  readonly url: string;
  answer(status: number): void;
  report(): Promise<Report>;
}

export async function startReceivers(): Promise<Receivers> {
  const child = fork(CHILD);
  const next = async () => (await once(child, "message"))[0] as Report;
  const { url } = await next();
  const say = (order: Order) => child.send(order);
  return {
    url,
    answer: (status) => void say({ kind: "answer", status }),
    report() {
      const answer = next();
      say({ kind: "report" });
      return answer;
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}
