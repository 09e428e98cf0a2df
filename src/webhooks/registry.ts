import { GatewayError, instanceNotFound } from "../domain/errors.ts";
import type { InstanceId, WebhookId } from "../domain/ids.ts";
import { newId } from "../lib/ids.ts";
import type { Database } from "../store/database.ts";
import type { Tx } from "../store/writer.ts";
import { checkDraft } from "./draft.ts";
import type { JudgeUrl } from "./draft.ts";
import { callBackRetries } from "./due.ts";
import { deleteWebhook } from "./deletion.ts";
import { toWebhook, webhookNotFound } from "./records.ts";
import {
  openHeaders,
  openSecret,
  sealHeaders,
  sealSecret,
  openOldSecrets,
  sealOldSecrets,
} from "./secrets.ts";
import { newSecret } from "./signature.ts";
import type { CreatedWebhook, Webhook, WebhookDraft, WebhookInput, Webhooks } from "./webhooks.ts";

/** Each event is written once for every webhook of its instance, in the event's own transaction. */
const MAX_PER_INSTANCE = 50;

/** How long the old secret signs beside the new one (milliseconds). */
const OVERLAP_MS = 24 * 3_600_000;

/** So many old secrets sign at most, the youngest: each is a signature in the header of every delivery. */
const MAX_OLD_SECRETS = 4;

export interface RegistryParts {
  readonly database: Database;
  readonly judgeUrl: JudgeUrl;
  /**
   * Told of every webhook that was changed or deleted, once that is durable; `anew` if what was learned about its
   * endpoint does not hold any more.
   */
  readonly changed: (id: WebhookId, anew: boolean) => void;
  readonly now: () => number;
}

export type Registry = Pick<
  Webhooks,
  "draft" | "insert" | "create" | "update" | "delete" | "rotateSecret" | "get" | "list"
>;

/** The rows of webhooks. */
export function createRegistry(parts: RegistryParts): Registry {
  const { database, judgeUrl, changed, now } = parts;
  const { read, writer, vault } = database;
  const draft = (input: WebhookInput) => checkDraft(input, judgeUrl);

  async function insert(
    tx: Tx,
    instanceId: InstanceId | null,
    made: WebhookDraft,
  ): Promise<CreatedWebhook> {
    await refuseTooMany(tx, instanceId);
    const id = `wh_${newId()}` as WebhookId;
    const secret = newSecret();
    const row = await tx.db.webhook.create({
      data: {
        id,
        instanceId,
        ...columnsOf(made),
        headers: sealHeaders(vault, id, made.headers),
        secret: sealSecret(vault, id, secret),
        createdAt: new Date(now()),
      },
    });
    return { webhook: toWebhook(vault, row), secret };
  }

  async function change(
    id: string,
    write: (tx: Tx, row: Row) => Promise<{ readonly row: Row; readonly anew: boolean }>,
  ): Promise<Webhook> {
    const changedRow = await writer.write(async (tx) => {
      const found = await tx.db.webhook.findUnique({ where: { id } });
      if (!found) throw webhookNotFound(id);
      const { row, anew } = await write(tx, found);
      tx.afterCommit(() => changed(row.id as WebhookId, anew));
      return row;
    });
    return toWebhook(vault, changedRow);
  }

  return {
    draft,
    insert,

    async create(instanceId, input) {
      const made = draft(input);
      return writer.write(async (tx) => {
        const where = { id: instanceId ?? "" };
        if (instanceId !== null && (await tx.db.instance.count({ where })) === 0) {
          throw instanceNotFound(instanceId);
        }
        return insert(tx, instanceId, made);
      });
    },

    update: (id, input) =>
      change(id, async (tx, row) => {
        const headers = openHeaders(vault, id, row.headers);
        // An address that was closed since must not keep its webhook from being disabled.
        const judge = input.url === undefined ? () => undefined : judgeUrl;
        const made = checkDraft({ ...toWebhook(vault, row), headers, ...input }, judge);
        const enabling = !row.enabled && made.enabled;
        const anew = enabling || row.url !== made.url;
        // Whoever enables it or names a new address says that it works: what waits need not wait for its schedule.
        if (anew) await callBackRetries(tx, id);
        const data = {
          ...columnsOf(made),
          headers: sealHeaders(vault, id, made.headers),
          ...(enabling && { disabledReason: null }),
          ...(anew && { failingSince: null }),
        };
        return { row: await tx.db.webhook.update({ where: { id }, data }), anew };
      }),

    async delete(id) {
      await deleteWebhook(writer, id, () => changed(id as WebhookId, true));
    },

    async rotateSecret(id) {
      const secret = newSecret();
      const webhook = await change(id, async (tx, row) => {
        const until = now() + OVERLAP_MS;
        const last = { secret: openSecret(vault, id, row.secret), until };
        const old = [...openOldSecrets(vault, id, row, now()), last];
        const data = {
          secret: sealSecret(vault, id, secret),
          oldSecret: sealOldSecrets(vault, id, old.slice(-MAX_OLD_SECRETS)),
          oldSecretUntil: new Date(until),
        };
        return { row: await tx.db.webhook.update({ where: { id }, data }), anew: false };
      });
      return { webhook, secret };
    },

    async get(id) {
      const row = await read.webhook.findUnique({ where: { id } });
      if (!row) throw webhookNotFound(id);
      return toWebhook(vault, row);
    },

    async list(instanceId) {
      const theirs = { OR: [{ instanceId: instanceId ?? null }, { instanceId: null }] };
      const rows = await read.webhook.findMany({
        where: instanceId ? theirs : {},
        orderBy: { id: "asc" },
      });
      return rows.map((row) => toWebhook(vault, row));
    },
  };
}

type Row = Awaited<ReturnType<Tx["db"]["webhook"]["findUniqueOrThrow"]>>;

function columnsOf(draft: WebhookDraft) {
  const { url, description, events, chatKinds, direction, ordering, inlineMedia, enabled } = draft;
  return {
    url,
    description,
    events: JSON.stringify(events),
    chatKinds: chatKinds && JSON.stringify(chatKinds),
    direction,
    ordering,
    retryDelays: draft.retryDelaysMs && JSON.stringify(draft.retryDelaysMs),
    inlineMedia,
    enabled,
  };
}

async function refuseTooMany(tx: Tx, instanceId: InstanceId | null): Promise<void> {
  const count = await tx.db.webhook.count({ where: { instanceId } });
  if (count < MAX_PER_INSTANCE) return;
  throw new GatewayError(
    "BAD_INPUT",
    `There are ${MAX_PER_INSTANCE} webhooks already, which is the most ${instanceId === null ? "for all instances together" : "an instance can have"}. Delete one first.`,
  );
}
