import { useEffect, useRef } from "react";
import { follow } from "../api/follow.ts";
import type { EventFilter, FollowChatsSubscription } from "../api/generated/operations.ts";
import { FollowChatsDocument } from "../api/generated/operations.ts";

type ChatEvent = Exclude<
  Extract<FollowChatsSubscription["events"], { readonly __typename: "EventDelivery" }>["event"],
  { readonly __typename: "CallUpdate" }
>;
type TypesOfChat =
  | "MessageReceived"
  | "MessageSent"
  | "MessageFailed"
  | "MessageEdited"
  | "MessageStatusChanged"
  | "MessageDeleted"
  | "MessageReaction";
type Heard = Extract<ChatEvent, { readonly __typename: TypesOfChat }>;

const TYPES = [
  "message.received",
  "message.sent",
  "message.failed",
  "message.edited",
  "message.status",
  "message.deleted",
  "message.reaction",
];

/** What else changes a line of the list: what a chat is called, and what was read on the phone. */
const TYPES_OF_LIST = [...TYPES, "chat.update", "contact.update", "group.update", "channel.update"];

/**
 * What happens in one chat; after a lost connection from where it was.
 * @param onStart from here on nothing is missed: what was read before may lack what came meanwhile
 */
export function useChatEvents(
  instanceId: string,
  chatId: string,
  onStart: () => void,
  onEvent: (event: Heard) => void,
): void {
  const filter = { types: TYPES, instanceIds: [instanceId], chatIds: [chatId] };
  useFollowed(filter, onStart, (event) => onEvent(event as Heard));
}

/** Calls when anything happened in these chats, and once when nothing is missed from there on. */
export function useChatNews(
  where: Pick<EventFilter, "instanceIds" | "chatIds">,
  onNews: () => void,
): void {
  useFollowed({ types: TYPES_OF_LIST, ...where }, onNews, onNews);
}

function useFollowed(
  filter: EventFilter,
  onStart: () => void,
  onEvent: (event: ChatEvent) => void,
): void {
  const key = JSON.stringify(filter);
  const latest = useRef({ onStart, onEvent });
  latest.current = { onStart, onEvent };
  useEffect(() => {
    let after: string | undefined;
    return follow(FollowChatsDocument, {
      variables: () => ({
        ...(after && { after }),
        filter: JSON.parse(key) as EventFilter,
      }),
      onData({ events }) {
        if (after === undefined) latest.current.onStart();
        after = events.cursor;
        if (events.__typename === "EventDelivery")
          latest.current.onEvent(events.event as ChatEvent);
      },
    });
  }, [key]);
}
