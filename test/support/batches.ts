import type { Calls } from "./calls.ts";
import { eventually } from "./eventually.ts";

/** A batch as REST shows it. */
export interface ShownBatch {
  readonly id: string;
  readonly state: string;
  readonly pausedFor?: string;
  readonly total: number;
  readonly examined: number;
  readonly progress: Readonly<Record<string, number>>;
  readonly doneAt?: string;
}

export interface ShownRecipient {
  readonly index: number;
  readonly to: string;
  readonly messageId?: string;
  readonly status?: string;
  readonly sentTo?: string;
  readonly error?: { readonly code: string };
}

export const sendBatch = (
  { post }: Calls,
  body: object,
  headers?: Readonly<Record<string, string>>,
) => post<ShownBatch>("/instances/me/batches", body, headers);

/** The batch, once it is as it should be. */
export async function batchWhich(
  { get }: Calls,
  id: string,
  match: (batch: ShownBatch) => boolean,
): Promise<ShownBatch> {
  let last: ShownBatch | undefined;
  const look = async () => {
    last = (await get<ShownBatch>(`/batches/${id}`)).body;
    return match(last) ? last : undefined;
  };
  return eventually(look, () => `the batch is ${JSON.stringify(last)}`);
}
