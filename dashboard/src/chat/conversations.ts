import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "../api/client.ts";
import type { BubbleFragment, ConversationDataFragment } from "../api/generated/operations.ts";
import {
  ConversationDocument,
  ConversationsDocument,
  FindMessagesDocument,
} from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { useChatNews } from "./chat-events.ts";
import { numberOf } from "./message.ts";

export type Conversation = ConversationDataFragment;

/** So often at most is read again what changed (milliseconds), however much happens. */
const READ_EVERY_MS = 400;

export interface Conversations {
  readonly list: readonly Conversation[] | undefined;
  readonly error: Error | undefined;
  readonly again: () => void;
  /** Adds those that were active before; undefined when there are none. */
  readonly older: (() => Promise<void>) | undefined;
}

/** The chats of an instance, the one that was active last first, each as it stands at this moment. */
export function useConversations(instanceId: string, unread: boolean): Conversations {
  const variables = { instanceId, ...(unread && { filter: { unread } }) };
  const { data, error, again } = useAsk(ConversationsDocument, variables);
  const [more, setMore] = useState<{
    readonly list: readonly Conversation[];
    readonly end: string | null;
  }>();
  useEffect(() => setMore(undefined), [instanceId, unread]);
  useChatNews(instanceId, useThrottled(again, READ_EVERY_MS));

  const first = data?.chats.edges.map(({ node }) => node);
  const ends = data?.chats.pageInfo;
  const end = more ? more.end : ends?.hasNextPage === true ? ends.endCursor : null;
  async function older(): Promise<void> {
    const { chats } = await ask(ConversationsDocument, { ...variables, after: end });
    const { hasNextPage, endCursor } = chats.pageInfo;
    setMore((known) => ({
      list: [...(known?.list ?? []), ...chats.edges.map(({ node }) => node)],
      end: hasNextPage ? endCursor : null,
    }));
  }
  return {
    list: first && joined(first, more?.list ?? []),
    error,
    again,
    older: end === null ? undefined : older,
  };
}

/** What was active meanwhile has moved to the front. */
function joined(
  first: readonly Conversation[],
  rest: readonly Conversation[],
): readonly Conversation[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...rest.filter(({ id }) => !known.has(id))];
}

/** One chat; undefined while it is not known to be one. */
export function useConversation(
  instanceId: string,
  chatId: string,
): { readonly chat: Conversation | undefined; readonly again: () => void } {
  const { data, again } = useAsk(ConversationDocument, { instanceId, chatId });
  useChatNews(instanceId, useThrottled(again, READ_EVERY_MS));
  return { chat: data?.chat ?? undefined, again };
}

/** The newest messages with these words, in any chat; undefined while they are looked for. */
export function useFound(
  instanceId: string,
  text: string,
): { readonly found: readonly BubbleFragment[] | undefined; readonly error: Error | undefined } {
  const { data, error } = useAsk(FindMessagesDocument, { instanceId, text });
  return { found: data?.messages.edges.map(({ node }) => node), error };
}

/** What they call themselves or what the group is called, or else the number. */
export function titleOf({ id, pn, name }: Pick<Conversation, "id" | "pn" | "name">): string {
  return name ?? numberOf(pn ?? id);
}

/** Calls at once, and while calls go on coming once in this time. */
function useThrottled(call: () => void, ms: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), [call]);
  return useCallback(() => {
    clearTimeout(timer.current);
    const wait = Math.max(0, last.current + ms - Date.now());
    timer.current = setTimeout(() => {
      last.current = Date.now();
      call();
    }, wait);
  }, [call, ms]);
}
