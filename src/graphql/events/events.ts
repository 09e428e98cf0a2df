import type { EventType } from "../../domain/event.ts";
import type { CheckedFilter, EventFilter as GivenFilter } from "../../events/filter.ts";
import type { StreamItem } from "../../events/follow.ts";
import { noteCode } from "../audited.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { filterFor } from "../reach/events.ts";
import { EventInterface } from "./event.ts";
import { eventPage } from "./event-page.ts";
import { beginningWith } from "../stream.ts";

const EventFilter = builder.inputType("EventFilter", {
  description: "Which events are wanted. What is left out is not asked about.",
  fields: (t) => ({
    types: t.stringList({
      description: "Types and patterns: `message.received`, `message.*`, `*`.",
    }),
    instanceIds: t.idList({ description: "Only events of these instances." }),
    chatIds: t.idList({ description: "Only events of these chats, by LID or phone-number JID." }),
  }),
});

/** @throws GatewayError BAD_INPUT, FORBIDDEN */
function wanted(context: Context, filter: GivenFilter | null | undefined): CheckedFilter {
  const checked = filterFor(context.caller, filter ?? {});
  const { types } = checked;
  if (CODES.some((type) => types === null || types.includes(type)))
    noteCode(context, "events", null);
  return checked;
}

/** Whoever sees one of these can take an account over. */
const CODES: readonly EventType[] = ["qr.update", "pairing.code"];

const EventConnection = builder.connectionObject(
  { type: EventInterface, name: "EventConnection", description: "A page of the event log." },
  { name: "EventEdge", description: "An event on a page." },
);

const EventDelivery = builder
  .objectRef<Extract<StreamItem, { kind: "event" }>>("EventDelivery")
  .implement({
    description: "An event, as a subscription delivers it.",
    fields: (t) => ({
      cursor: t.expose("cursor", {
        type: "Cursor",
        description: "Keep it: passed as `after` it makes the stream go on behind this event.",
      }),
      event: t.field({
        type: EventInterface,
        description: "What happened.",
        resolve: ({ logged }) => logged,
      }),
    }),
  });

const StreamPosition = builder
  .objectRef<Extract<StreamItem, { kind: "position" }>>("StreamPosition")
  .implement({
    description:
      "How far the log has been read without a matching event. Comes first when `after` is left out, and every 15 seconds in a silent stream, so that a kept cursor does not grow old.",
    fields: (t) => ({
      cursor: t.expose("cursor", {
        type: "Cursor",
        description: "Keep it in place of the one before.",
      }),
    }),
  });

const EventStreamItem = builder.unionType("EventStreamItem", {
  description: "What a subscription to events delivers.",
  types: [EventDelivery, StreamPosition],
  resolveType: ({ kind }) => (kind === "event" ? EventDelivery : StreamPosition),
});

builder.queryField("events", (t) =>
  t.field({
    authScopes: { known: true },
    type: EventConnection,
    description:
      "The event log, the oldest first: `first`/`after` page forward from the oldest that is kept, `last`/`before` back from the newest. `endCursor` tells how far was read even where nothing matched.",
    args: {
      first: t.arg.int({ description: "How many: 50 if left out, 200 at most." }),
      after: t.arg({ type: "Cursor", description: "Only events after this cursor." }),
      last: t.arg.int({ description: "How many of the newest: 200 at most." }),
      before: t.arg({ type: "Cursor", description: "Only events before this cursor." }),
      filter: t.arg({ type: EventFilter }),
    },
    resolve: (_, { filter, ...page }, context) =>
      eventPage(context.events, page, wanted(context, filter)),
  }),
);

builder.subscriptionField("events", (t) =>
  t.field({
    authScopes: { known: true },
    type: EventStreamItem,
    description:
      "Every event after `after`, then every event as it happens. Nothing is missed between two connections: keep the last cursor and pass it.",
    args: {
      after: t.arg({
        type: "Cursor",
        description: "Where to go on; `earliest` for all that is kept. From now on if left out.",
      }),
      filter: t.arg({ type: EventFilter }),
    },
    subscribe: (_, { after, filter }, context) => {
      const { events, signal } = context;
      const position = events.positionOf(after);
      const stream = events.follow(position, wanted(context, filter), signal);
      if (after !== null && after !== undefined) return stream;
      const start: StreamItem = { kind: "position", cursor: events.cursorAt(position) };
      return beginningWith(start, stream);
    },
    resolve: (item) => item,
  }),
);
