import { GatewayError, notLinked } from "../../domain/errors.ts";
import type { Instances } from "../../instances/instances.ts";
import { newId } from "../../lib/ids.ts";
import { checkDisappearing } from "../content/context.ts";
import { fingerprintOf } from "../content/fingerprint.ts";
import { stageContent } from "../content/stage.ts";
import { type ContentTools, toolsFor } from "../content/tools.ts";
import type { IdempotentCall } from "../idempotency.ts";
import { findKey, idempotentCall, mismatch } from "../idempotency.ts";
import { checkSchedule } from "../submit.ts";
import type { Batch, BatchRequest } from "./batch.ts";
import { checkCount, checkSpacing, checkTargets } from "./check.ts";
import { findBatch } from "./rows.ts";
import { MAX_OPEN, storeBatch } from "./store-batch.ts";

export interface CreateNeeds extends ContentTools {
  readonly instances: Pick<Instances, "get">;
  /** Removes the file of what was not stored in the end. */
  readonly discardFile: (id: string) => Promise<void>;
  /** There is a new one to be run. */
  readonly run: (id: string) => void;
}

/** Takes a batch: all of it is durable before the caller hears of it. */
export function createBatch(needs: CreateNeeds): (request: BatchRequest) => Promise<Batch> {
  const { database, instances, discardFile, run } = needs;
  const found = async (id: string): Promise<Batch> => {
    const batch = await findBatch(database.read, id);
    if (batch) return batch;
    throw new GatewayError("INSTANCE_NOT_FOUND", "The instance was deleted meanwhile.");
  };
  return async (request) => {
    const { content: wish, recipients, idempotencyKey } = request;
    checkCount(recipients);
    const spacing = checkSpacing(request.spacing);
    const scheduledAt = checkSchedule(request.scheduledAt);
    const { id: instanceId, linkedAt, status } = await instances.get(request.instanceId);
    const callWith = (sha256: string | null) => callOf(request, instanceId, sha256);
    const early = callWith(null);
    const known = early && (await findKey(database.read, early));
    if (known?.kind === "mismatch") throw mismatch(idempotencyKey ?? "");
    if (known?.kind === "taken") return found(known.uid);
    if (linkedAt === null) throw notLinked(instanceId, status);

    const id = `bat_${newId()}`;
    await using unused = new AsyncDisposableStack();
    unused.defer(() => discardFile(id));
    const disappearsAfter = checkDisappearing(request.disappearsAfter);
    const context = { quoted: null, mentions: [], mentionsAll: false, disappearsAfter };
    // What is handed over later needs a file of its own, as WhatsApp keeps none for ever.
    const tools = toolsFor(needs, instanceId, false);
    const { content, sha256 } = await stageContent(wish, context, tools, id);
    const draft = { id, instanceId, content, spacing, scheduledAt };
    const checked = { ...draft, recipients: checkTargets(recipients, content) };
    const stored = await database.writer.write((tx) => storeBatch(tx, checked, callWith(sha256)));
    if (stored.kind === "unlinked") throw notLinked(instanceId, status);
    if (stored.kind === "full") throw tooMany(instanceId);
    if (stored.kind === "mismatch") throw mismatch(idempotencyKey ?? "");
    if (stored.kind === "taken") return await found(stored.uid);
    unused.move();
    run(id);
    return await found(id);
  };
}

function callOf(
  { content, recipients, spacing, disappearsAfter, scheduledAt, idempotencyKey }: BatchRequest,
  instanceId: string,
  sha256: string | null,
): IdempotentCall | undefined {
  if (!idempotencyKey) return undefined;
  const said = fingerprintOf(content, sha256);
  const named = recipients.map(({ to, variables }) => [to, variables ?? null]);
  const when = scheduledAt?.toISOString() ?? null;
  const args = said && [...said, named, spacing ?? null, disappearsAfter ?? null, when];
  return args && idempotentCall(instanceId, "batch", idempotencyKey, args);
}

function tooMany(instanceId: string): GatewayError {
  return new GatewayError(
    "QUEUE_FULL",
    `${MAX_OPEN} batches of "${instanceId}" are not done yet. Wait for one of them, or cancel one.`,
    { instanceId },
  );
}
