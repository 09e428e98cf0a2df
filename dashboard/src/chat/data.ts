/**
 * All that the chat asks of the gateway. What a conversation is, is worked out here from its messages: the
 * newest of an instance name its chats.
 */
import { useEffect, useRef, useState } from "react";
import type {
  BubbleFragment,
  FollowChatsSubscription,
  MessageStatus,
} from "../api/generated/operations.ts";
import {
  FollowChatsDocument,
  MessagesDocument,
  ReactToMessageDocument,
  SendFileDocument,
  SendImageDocument,
  SendTextDocument,
} from "../api/generated/operations.ts";
import { ask, change } from "../api/client.ts";
import { follow } from "../api/follow.ts";
import { useAsk } from "../api/use-ask.ts";

export type Bubble = BubbleFragment;

export interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly last: Bubble;
}

/** The longest page that the gateway gives: the chats of the last 200 messages. */
const LOOKED_AT = 200;

const PAGE = 50;

/** The chats of an instance, the one with the newest message first. */
export function useConversations(instanceId: string): {
  readonly list: readonly Conversation[] | undefined;
  readonly error: Error | undefined;
  readonly again: () => void;
} {
  const { data, error, again } = useAsk(MessagesDocument, { instanceId, first: LOOKED_AT });
  const [fresh, setFresh] = useState<readonly Bubble[]>([]);
  const [statuses, setStatuses] = useState<ReadonlyMap<string, MessageStatus>>(new Map());
  useEffect(() => {
    setFresh([]);
    setStatuses(new Map());
  }, [instanceId]);
  useChatEvents(instanceId, undefined, again, (event) => {
    if ("message" in event) {
      const others = (known: readonly Bubble[]) =>
        known.filter((each) => keyOf(each) !== keyOf(event.message));
      setFresh((known) => [event.message, ...others(known)].slice(0, LOOKED_AT));
    } else if (event.__typename === "MessageStatusChanged") {
      const { messageId, status } = event;
      setStatuses((known) => new Map([...known, [messageId, status] as const].slice(-LOOKED_AT)));
    }
  });
  const read = data && (data.instance?.messages.edges ?? []).map(({ node }) => node);
  const list = read && conversationsOf(newestFirst(fresh, read, statuses));
  return { list, error, again };
}

/** What was told and what was read, each message once and as far as it has come. */
function newestFirst(
  fresh: readonly Bubble[],
  read: readonly Bubble[],
  statuses: ReadonlyMap<string, MessageStatus>,
): readonly Bubble[] {
  const known = new Set(read.map(keyOf));
  return [...fresh.filter((each) => !known.has(keyOf(each))), ...read].map((each) => {
    const status = each.fromMe ? statuses.get(each.id) : undefined;
    return status ? withStatus(each, each.id, status) : each;
  });
}

function conversationsOf(messages: readonly Bubble[]): readonly Conversation[] {
  const byChat = Map.groupBy(messages, ({ chat }) => chat.id);
  return [...byChat].flatMap(([id, [last, ...older]]) =>
    last ? [{ id, title: titleOf([last, ...older]), last }] : [],
  );
}

/** The name that they have given themselves, or else their number. */
function titleOf(messages: readonly Bubble[]): string {
  const [first] = messages;
  if (!first) return "";
  const isGroup = first.chat.id.endsWith("@g.us");
  const named = messages.find(({ fromMe, sender }) => !fromMe && sender.name !== null);
  return (!isGroup && named?.sender.name) || numberOf(first.chat.pn ?? first.chat.id);
}

/** `+5511…` of a JID by number, and what stands before the @ of others. */
export function numberOf(jid: string): string {
  const [name = jid, server] = jid.split("@");
  return server === "s.whatsapp.net" ? `+${name}` : name;
}

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

/** Senders choose their ids: a message is known by its id together with who wrote it. */
export const keyOf = ({ id, sender, fromMe }: Bubble): string =>
  `${fromMe ? "me" : sender.id} ${id}`;

/** A message in its place: that of its former self, or behind all others. */
function placed(shown: readonly Bubble[], message: Bubble): readonly Bubble[] {
  const at = shown.findLastIndex((each) => keyOf(each) === keyOf(message));
  const former = shown[at];
  if (!former) return [...shown, message];
  const status = furthest(former.status, message.status);
  // Events tell what was: what stands on a message by now is not in them.
  const reactions = message.uid === null ? former.reactions : message.reactions;
  return shown.with(at, { ...message, uid: message.uid ?? former.uid, status, reactions });
}

const ORDER: readonly MessageStatus[] = [
  "QUEUED",
  "SENDING",
  "SERVER_ACK",
  "DELIVERED",
  "READ",
  "PLAYED",
  "CANCELLED",
  "EXPIRED",
  "FAILED",
];

/** States only move forward, whatever the order in which they are heard of. */
function furthest(a: MessageStatus | null, b: MessageStatus | null): MessageStatus | null {
  if (a === null || b === null) return b ?? a;
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}

/** The ids of what is sent are ours, and so unique without the chat, which may have two names. */
function withStatus(message: Bubble, id: string, status: MessageStatus): Bubble {
  if (message.id !== id || !message.fromMe) return message;
  return { ...message, status: furthest(message.status, status) };
}

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

/**
 * What happens in one chat, or in all of an instance; after a lost connection from where it was.
 * @param onStart from here on nothing is missed: what was read before may lack what came meanwhile
 */
function useChatEvents(
  instanceId: string,
  chatId: string | undefined,
  onStart: () => void,
  onEvent: (event: Heard) => void,
): void {
  const latest = useRef({ onStart, onEvent });
  latest.current = { onStart, onEvent };
  useEffect(() => {
    let after: string | undefined;
    return follow(FollowChatsDocument, {
      variables: () => ({
        ...(after && { after }),
        filter: { types: TYPES, instanceIds: [instanceId], ...(chatId && { chatIds: [chatId] }) },
      }),
      onData({ events }) {
        if (after === undefined) latest.current.onStart();
        after = events.cursor;
        if (events.__typename === "EventDelivery") latest.current.onEvent(events.event as Heard);
      },
    });
  }, [instanceId, chatId]);
}

interface Outgoing {
  readonly instanceId: string;
  readonly to: string;
  readonly quotedId: string | undefined;
}

/** Answered as soon as it is stored: how far it comes is told by events. @throws CallFailed */
export async function sendText({ quotedId, ...rest }: Outgoing, text: string): Promise<Bubble> {
  const input = { ...rest, ...(quotedId && { quotedId }), text, waitFor: "QUEUED" } as const;
  return change(SendTextDocument, { input });
}

/** Puts an emoji on a message; the same one again takes it off. @throws CallFailed */
export async function react(
  { instanceId, chat, id, reactions }: Bubble,
  emoji: string,
): Promise<void> {
  const isOff = reactions.some((each) => each.fromMe && each.emoji === emoji);
  const input = { instanceId, chatId: chat.id, messageId: id, emoji: isOff ? null : emoji };
  await change(ReactToMessageDocument, { input });
}

/** What WhatsApp shows as a picture; everything else is a document. */
const PICTURES = new Set(["image/jpeg", "image/png", "image/webp"]);

/** @throws CallFailed */
export async function sendFile(
  { quotedId, ...rest }: Outgoing,
  file: File,
  caption: string,
): Promise<Bubble> {
  const common = {
    ...rest,
    ...(quotedId && { quotedId }),
    ...(caption && { caption }),
    media: { upload: file },
    waitFor: "QUEUED",
  } as const;
  if (PICTURES.has(file.type)) return change(SendImageDocument, { input: common });
  return change(SendFileDocument, {
    input: { ...common, fileName: file.name, ...(file.type && { mimetype: file.type }) },
  });
}

/** The path of a signed link: it opens wherever this page came from, also where that is not BASE_URL. */
export function mediaPath(url: string): string {
  return url.slice(url.indexOf("/media/"));
}
