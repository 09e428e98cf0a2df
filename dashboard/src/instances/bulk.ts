import type { InstanceCardFragment } from "../api/generated/operations.ts";
import {
  DeleteInstanceDocument,
  LogoutInstanceDocument,
  RestartInstanceDocument,
  StartInstanceDocument,
  StopInstanceDocument,
} from "../api/generated/operations.ts";
import { change } from "../api/client.ts";

export type Chosen = Pick<InstanceCardFragment, "id" | "name">;

const ACTIONS = {
  restart: (id: string) => change(RestartInstanceDocument, { id }),
  start: (id: string) => change(StartInstanceDocument, { id }),
  stop: (id: string) => change(StopInstanceDocument, { id }),
  logout: (id: string) => change(LogoutInstanceDocument, { id }),
  delete: (id: string) => change(DeleteInstanceDocument, { id }),
} as const;

export type InstanceAction = keyof typeof ACTIONS;

/** One after the other would take minutes for hundreds, all at once would be refused. */
const AT_ONCE = 4;

/**
 * Does the same to several instances.
 * @param onProgress how many are done
 * @throws Error which of them it failed for, and why, once all were tried
 */
export async function doToAll(
  action: InstanceAction,
  instances: readonly Chosen[],
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const failures: string[] = [];
  const waiting = [...instances];
  let done = 0;
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { id, name } = next;
      try {
        await ACTIONS[action](id);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        failures.push(instances.length === 1 ? why : `${name ?? id}: ${why}`);
      }
      done += 1;
      onProgress(done);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw new Error(failures.join("\n"));
}
