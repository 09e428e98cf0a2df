import type { Database } from "../store/database.ts";
import type { Chats } from "./chat.ts";
import type { ChatEdits } from "./chat-edits.ts";
import { findChat, listChats } from "./chat-list.ts";
import { listContacts } from "./contact-list.ts";

export function createChats({ read }: Pick<Database, "read">): Omit<Chats, keyof ChatEdits> {
  return {
    list: (query) => listChats(read, query),
    find: (instanceId, id) => findChat(read, instanceId, id),
    contacts: (query) => listContacts(read, query),
  };
}
