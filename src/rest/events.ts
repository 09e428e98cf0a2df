import { print } from "graphql";
import { z } from "zod";
import type { Alias } from "./alias.ts";
import { alias } from "./alias.ts";
import { checked } from "./check.ts";
import { eventBody } from "./event-body.ts";
import { limit, list } from "./fields.ts";
import { FollowEventsDocument, ListEventsDocument } from "./generated/operations.ts";
import type { FollowEventsSubscription } from "./generated/operations.ts";
import { sseMessage } from "./sse.ts";

const query = z.strictObject({
  after: z.string().optional(),
  limit: limit.optional(),
  instanceId: list.optional(),
  type: list.optional(),
});

type Query = z.infer<typeof query>;

const filterOf = ({ type, instanceId }: Query) => ({ types: type, instanceIds: instanceId });

const page = alias({
  method: "GET",
  path: "/events",
  summary: "The event log by pages, or from now on as server-sent events",
  query,
  document: ListEventsDocument,
  variables: ({ query: asked }) => ({
    first: asked.limit,
    after: asked.after,
    filter: filterOf(asked),
  }),
  answer: ({ events: { edges, pageInfo } }) => ({
    status: 200,
    body: { events: edges.map(({ node }) => eventBody(node)), cursor: pageInfo.endCursor },
  }),
});

const follow = print(FollowEventsDocument);

export const eventAlias: Alias = {
  ...page,
  stream({ query: raw, headers }) {
    const asked = checked(query, raw, "query") as Query;
    // A browser that reconnects repeats the query string as it was; the header is what it has seen since.
    const after = headers.get("last-event-id") ?? asked.after;
    return {
      source: follow,
      variables: { after, filter: filterOf(asked) },
      answer: (data) => streamMessage(data as FollowEventsSubscription),
    };
  },
};

/** A position is an id alone: it moves the reader's `Last-Event-ID` and is seen by nobody. */
function streamMessage({ events: item }: FollowEventsSubscription): string {
  if (item.__typename === "StreamPosition") return sseMessage({ id: item.cursor });
  const body = eventBody(item.event);
  return sseMessage({ id: item.cursor, event: body.type, data: body });
}
