import { GatewayError, labelNotFound } from "../domain/errors.ts";
import type { InstanceId } from "../domain/ids.ts";
import type { Label } from "../domain/label.ts";
import { connected } from "../instances/connected.ts";
import type { Instances } from "../instances/instances.ts";
import type { Reader } from "../store/database.ts";
import type { Chat } from "./chat.ts";
import { namesOf } from "./app-state/known-chat.ts";

/** The labels of accounts of WhatsApp Business. */
export interface Labels {
  /** @throws GatewayError INSTANCE_NOT_FOUND */
  list(instanceId: string): Promise<readonly Label[]>;
  /**
   * Makes a label, or changes the one that is named.
   * @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, LABEL_NOT_FOUND, BAD_INPUT, CONFLICT, RATE_LIMITED, UNAVAILABLE
   */
  save(instanceId: string, wish: LabelWish): Promise<Label>;
  /** @throws GatewayError as `save` does */
  remove(instanceId: string, labelId: string): Promise<Label>;
  /** The labels of each of these chats. */
  ofChats(chats: readonly Chat[]): Promise<ReadonlyMap<Chat, readonly Label[]>>;
  /** The labels of each of these messages, by uid. */
  ofMessages(uids: readonly string[]): Promise<ReadonlyMap<string, readonly Label[]>>;
}

export interface LabelWish {
  /** Null for a new one. */
  readonly id: string | null;
  readonly name: string | null;
  readonly color: number | null;
}

/** WhatsApp's own clients take no longer ones. */
const LONGEST_NAME = 100;
const COLORS = 20;

export function createLabels(
  read: Reader,
  instances: Pick<Instances, "get" | "connection">,
): Labels {
  async function known(instanceId: InstanceId, id: string) {
    const row = await read.label.findFirst({ where: { instanceId, id, deleted: false } });
    if (row === null) throw labelNotFound(id);
    return row;
  }

  /** Those that were deleted keep theirs. */
  async function nextId(instanceId: InstanceId): Promise<string> {
    const rows = await read.label.findMany({ where: { instanceId }, select: { id: true } });
    const numbers = rows.map(({ id }) => Number(id)).filter(Number.isSafeInteger);
    return String(Math.max(0, ...numbers) + 1);
  }

  async function change(
    instanceId: InstanceId,
    label: Label,
    predefinedId: number | null,
    isDeleted: boolean,
  ): Promise<Label> {
    const { appState } = await connected(instances, instanceId);
    await appState.change({ kind: "LABEL", label, predefinedId, isDeleted });
    return label;
  }

  return {
    async list(instanceId) {
      const { id } = await instances.get(instanceId);
      const rows = await read.label.findMany({ where: { instanceId: id, deleted: false } });
      const labels = rows.map(({ id: labelId, name, color }) => ({ id: labelId, name, color }));
      return labels.toSorted((one, other) => Number(one.id) - Number(other.id));
    },
    async save(instanceId, { id: named, name, color }) {
      checkName(name, named === null);
      checkColor(color);
      const { id } = await instances.get(instanceId);
      const before = named === null ? undefined : await known(id, named);
      const label = {
        id: before?.id ?? (await nextId(id)),
        name: name?.trim() ?? before?.name ?? "",
        color: color ?? before?.color ?? 0,
      };
      return change(id, label, before?.predefinedId ?? null, false);
    },
    async remove(instanceId, labelId) {
      const { id } = await instances.get(instanceId);
      const { name, color, predefinedId } = await known(id, labelId);
      return change(id, { id: labelId, name, color }, predefinedId, true);
    },
    async ofChats(chats) {
      const chatIds = chats.flatMap(namesOf);
      const instanceIds = [...new Set(chats.map(({ instanceId }) => instanceId))];
      const on = await read.chatLabel.findMany({
        where: { instanceId: { in: instanceIds }, chatId: { in: chatIds } },
      });
      const labels = await labelsOf(read, on);
      return new Map(
        chats.map((chat) => {
          const names = namesOf(chat);
          const own = on.filter(
            ({ instanceId, chatId }) => instanceId === chat.instanceId && names.includes(chatId),
          );
          return [chat, labels(own)] as const;
        }),
      );
    },
    async ofMessages(uids) {
      const on = await read.messageLabel.findMany({ where: { messageUid: { in: [...uids] } } });
      const labels = await labelsOf(read, on);
      return new Map(
        uids.map(
          (uid) => [uid, labels(on.filter(({ messageUid }) => messageUid === uid))] as const,
        ),
      );
    },
  };
}

interface Assigned {
  readonly instanceId: string;
  readonly labelId: string;
}

/** WhatsApp may have told of a label on something before it tells what it is called: such a one is not shown yet. */
async function labelsOf(read: Reader, on: readonly Assigned[]) {
  const ids = [...new Set(on.map(({ labelId }) => labelId))];
  const instanceIds = [...new Set(on.map(({ instanceId }) => instanceId))];
  const rows =
    ids.length === 0
      ? []
      : await read.label.findMany({
          where: { instanceId: { in: instanceIds }, id: { in: ids }, deleted: false },
        });
  const byName = new Map(
    rows.map(({ instanceId, id, name, color }) => [`${instanceId} ${id}`, { id, name, color }]),
  );
  return (own: readonly Assigned[]): readonly Label[] =>
    own.flatMap(({ instanceId, labelId }) => byName.get(`${instanceId} ${labelId}`) ?? []);
}

function checkName(name: string | null, isNew: boolean): void {
  if (name === null && !isNew) return;
  const length = name?.trim().length ?? 0;
  if (length > 0 && length <= LONGEST_NAME) return;
  const message = `A label has a name of 1 to ${LONGEST_NAME} characters.`;
  throw new GatewayError("BAD_INPUT", message, { argument: "name" });
}

function checkColor(color: number | null): void {
  if (color === null || (color >= 0 && color < COLORS)) return;
  const message = `WhatsApp has ${COLORS} colours for labels: name one from 0 to ${COLORS - 1}.`;
  throw new GatewayError("BAD_INPUT", message, { argument: "color" });
}
