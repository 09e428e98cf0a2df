import type { AppStateEdit } from "../domain/app-state.ts";
import { type Address, phoneDigits, PN_SERVER } from "../domain/address.ts";
import { GatewayError, labelNotFound } from "../domain/errors.ts";
import type { Instances } from "../instances/instances.ts";
import type { Reader } from "../store/database.ts";
import type { Chat, ChatWish } from "./chat.ts";
import { findChat } from "./chat-list.ts";
import { connected } from "../instances/connected.ts";
import { newestMessage } from "./newest-message.ts";

/** What an account does with its chats: told to its other devices, and kept here when WhatsApp has taken it. */
export interface ChatEdits {
  /**
   * Archives, pins, mutes or marks a chat, or undoes that, one thing after the other.
   * @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, CHAT_NOT_FOUND, BAD_INPUT, CONFLICT, RATE_LIMITED, UNAVAILABLE
   */
  update(instanceId: string, chat: string, wish: ChatWish): Promise<Chat>;
  /** Removes the messages of a chat from the account's devices and from here; nobody else's are touched. */
  clear(instanceId: string, chat: string, keepStarred: boolean): Promise<Chat>;
  /** The same, and the chat goes too. */
  remove(instanceId: string, chat: string): Promise<Address>;
  /**
   * Puts a label on a chat, or takes it off.
   * @throws GatewayError LABEL_NOT_FOUND, and as `update` does
   */
  label(instanceId: string, chat: string, labelId: string, isLabeled: boolean): Promise<Address>;
}

export function createChatEdits(
  read: Reader,
  instances: Pick<Instances, "get" | "connection">,
): ChatEdits {
  async function known(instanceId: string, name: string): Promise<Chat> {
    const { id } = await instances.get(instanceId);
    const digits = phoneDigits(name.trim());
    const jid = digits === undefined ? name : `${digits}@${PN_SERVER}`;
    const chat = await findChat(read, id, jid);
    if (chat) return chat;
    const message = `The account knows no chat "${name.slice(0, 80)}". List its chats to see their ids.`;
    throw new GatewayError("CHAT_NOT_FOUND", message, { chatId: name.slice(0, 80) });
  }

  async function change(chat: Chat, edits: readonly AppStateEdit[]): Promise<void> {
    const { appState } = await connected(instances, chat.instanceId);
    for (const edit of edits) await appState.change(edit);
  }

  async function empty(chat: Chat, isDeleted: boolean, keepsStarred: boolean): Promise<void> {
    const last = await newestMessage(read, chat);
    await change(chat, [{ kind: "EMPTY", chat: chat.id, isDeleted, keepsStarred, last }]);
  }

  return {
    async update(instanceId, name, wish) {
      const wished = wishIn(wish);
      const chat = await known(instanceId, name);
      const last = await newestMessage(read, chat);
      await change(
        chat,
        wished.flatMap((edit) => edit(chat, last)),
      );
      return known(instanceId, chat.id);
    },
    async clear(instanceId, name, keepStarred) {
      const chat = await known(instanceId, name);
      await empty(chat, false, keepStarred);
      return known(instanceId, chat.id);
    },
    async label(instanceId, name, labelId, isLabeled) {
      const chat = await known(instanceId, name);
      const where = { instanceId: chat.instanceId, id: labelId, deleted: false };
      if ((await read.label.count({ where })) === 0) throw labelNotFound(labelId);
      await change(chat, [{ kind: "PUT_LABEL", labelId, chat: chat.id, message: null, isLabeled }]);
      const { id, pn, lid } = chat;
      return { id, pn, lid };
    },
    async remove(instanceId, name) {
      const chat = await known(instanceId, name);
      await empty(chat, true, false);
      const { id, pn, lid } = chat;
      return { id, pn, lid };
    },
  };
}

type Last = Awaited<ReturnType<typeof newestMessage>>;
type Edit = (chat: Chat, last: Last) => readonly AppStateEdit[];

/** @throws GatewayError BAD_INPUT, also when it is nothing */
function wishIn(wish: ChatWish): readonly Edit[] {
  const { archived, pinned, markedUnread } = wish;
  if (archived === true && pinned === true) {
    throw bad("A chat cannot be both archived and pinned.", "pinned");
  }
  const edits: Edit[] = [...muteIn(wish)];
  if (isGiven(archived)) edits.push(archiving(archived));
  if (isGiven(pinned)) edits.push(({ id }) => [{ kind: "PIN", chat: id, isPinned: pinned }]);
  if (isGiven(markedUnread)) {
    edits.push(({ id }, last) => [{ kind: "MARK_UNREAD", chat: id, isUnread: markedUnread, last }]);
  }
  if (edits.length > 0) return edits;
  throw new GatewayError("BAD_INPUT", "Name at least one thing to change about the chat.");
}

/** As WhatsApp's own clients do: what is put out of sight does not stand on top any more. */
function archiving(isArchived: boolean): Edit {
  return ({ id, pinnedAt }, last) => [
    { kind: "ARCHIVE", chat: id, isArchived, last },
    ...(isArchived && pinnedAt ? [{ kind: "PIN", chat: id, isPinned: false } as const] : []),
  ];
}

function muteIn({ muted, mutedUntil: until }: ChatWish): readonly Edit[] {
  if (until && muted === false) {
    throw bad("A chat that is not muted has no `mutedUntil`.", "mutedUntil");
  }
  if (until && until <= new Date()) {
    throw bad("`mutedUntil` has to lie in the future.", "mutedUntil");
  }
  if (until) return [({ id }) => [{ kind: "MUTE", chat: id, until }]];
  if (muted === true) return [({ id }) => [{ kind: "MUTE", chat: id, until: null }]];
  return muted === false ? [({ id }) => [{ kind: "UNMUTE", chat: id }]] : [];
}

function isGiven(flag: boolean | null | undefined): flag is boolean {
  return flag !== null && flag !== undefined;
}

function bad(message: string, argument: string): GatewayError {
  return new GatewayError("BAD_INPUT", message, { argument });
}
