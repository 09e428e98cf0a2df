import { useEffect, useRef, useState } from "react";
import { ask } from "../api/client.ts";
import { MessagesDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { useChatEvents } from "./chat-events.ts";
import { type Bubble, placed, withStatus } from "./message.ts";

const PAGE = 50;

export interface Thread {
  /** Oldest first. */
  readonly messages: readonly Bubble[] | undefined;
  readonly error: Error | undefined;
  /** Adds older ones in front; undefined when there are none. */
  readonly older: (() => Promise<void>) | undefined;
  /** Reads again what stands on them. */
  readonly refresh: () => void;
  /** Puts in what was just sent from here. */
  readonly add: (message: Bubble) => void;
}

/** The messages of a chat, each as it stands at this moment. */
export function useThread(instanceId: string, chatId: string): Thread {
  const variables = { instanceId, chatId, first: PAGE };
  const { data, error, again } = useAsk(MessagesDocument, variables);
  const [messages, setMessages] = useState<readonly Bubble[]>();
  const [end, setEnd] = useState<string | null>(null);
  const known = useRef(false);

  useEffect(() => {
    known.current = false;
    setMessages(undefined);
  }, [instanceId, chatId]);
  useEffect(() => {
    if (!data) return;
    const page = data.instance?.messages;
    const read = (page?.edges ?? []).map(({ node }) => node).toReversed();
    setMessages((shown) => (shown ? read.reduce(placed, shown) : read));
    if (!known.current)
      setEnd(page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null);
    known.current = true;
  }, [data]);

  const add = (message: Bubble): void => setMessages((shown) => shown && placed(shown, message));
  useChatEvents(instanceId, chatId, again, (event) => {
    if ("message" in event) {
      add(event.message);
    } else if (event.__typename === "MessageStatusChanged") {
      const { messageId, status } = event;
      setMessages((shown) => shown?.map((each) => withStatus(each, messageId, status)));
    } else {
      // What else was done to a message stands on it, and is read with it.
      again();
    }
  });

  async function older(): Promise<void> {
    const { instance } = await ask(MessagesDocument, { ...variables, after: end });
    if (!instance) return;
    const { edges, pageInfo } = instance.messages;
    const read = edges.map(({ node }) => node).toReversed();
    setMessages((shown) => shown && [...read, ...shown]);
    setEnd(pageInfo.hasNextPage ? pageInfo.endCursor : null);
  }
  return { messages, error, older: end === null ? undefined : older, refresh: again, add };
}
