import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "../api/client.ts";
import type {
  BubbleFragment,
  ConversationDataFragment,
  ConversationsQuery,
  ConversationsQueryVariables,
} from "../api/generated/operations.ts";
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

/** Those that were put away are shown apart, as the phone does. */
const FILTERS = {
  all: { archived: false },
  unread: { archived: false, unread: true },
  archived: { archived: true },
} as const;

export type Which = keyof typeof FILTERS;
export const WHICH = Object.keys(FILTERS) as readonly Which[];

export interface Conversations {
  readonly list: readonly Conversation[] | undefined;
  readonly error: Error | undefined;
  readonly again: () => void;
  /** Adds those that were active before; undefined when there are none. */
  readonly older: (() => void) | undefined;
}

/**
 * The chats of an instance, the one that was active last first, each as it stands at this moment: whatever is
 * shown is read anew, for a chat that was read on the phone stays where it stands.
 */
export function useConversations(instanceId: string, which: Which): Conversations {
  const [pages, setPages] = useState(1);
  const [state, setState] = useState<{
    readonly list?: readonly Conversation[];
    readonly hasMore?: boolean;
    readonly error?: Error;
  }>({});
  const turn = useRef(0);
  const read = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const isLatest = (): boolean => turn.current === mine;
    readPages({ instanceId, filter: FILTERS[which] }, pages).then(
      (found) => isLatest() && setState(found),
      (error: Error) => isLatest() && setState((known) => ({ ...known, error })),
    );
  }, [instanceId, which, pages]);
  useEffect(read, [read]);
  useChatNews({ instanceIds: [instanceId] }, useThrottled(read, READ_EVERY_MS));
  return {
    list: state.list,
    error: state.error,
    again: read,
    older: state.hasMore === true ? () => setPages((count) => count + 1) : undefined,
  };
}

async function readPages(variables: ConversationsQueryVariables, pages: number) {
  const list: Conversation[] = [];
  let after: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const { chats }: ConversationsQuery = await ask(ConversationsDocument, { ...variables, after });
    list.push(...chats.edges.map(({ node }) => node));
    after = chats.pageInfo.endCursor;
    if (!chats.pageInfo.hasNextPage) return { list, hasMore: false };
  }
  return { list, hasMore: true };
}

/** One chat; undefined while it is not known to be one. */
export function useConversation(instanceId: string, chatId: string): Conversation | undefined {
  const { data, again } = useAsk(ConversationDocument, { instanceId, chatId });
  const where = { instanceIds: [instanceId], chatIds: [chatId] };
  useChatNews(where, useThrottled(again, READ_EVERY_MS));
  return data?.chat ?? undefined;
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
  const latest = useRef(call);
  latest.current = call;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        last.current = Date.now();
        latest.current();
      },
      Math.max(0, last.current + ms - Date.now()),
    );
  }, [ms]);
}
