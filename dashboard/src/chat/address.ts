/** Where a chat, or the chats of an instance, are shown. */
export const chatAddress = (instanceId: string, chatId?: string): string =>
  `/chat/${encodeURIComponent(instanceId)}${chatId === undefined ? "" : `/${encodeURIComponent(chatId)}`}`;
