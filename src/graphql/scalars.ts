import { GraphQLError } from "graphql";
import { builder } from "./builder.ts";

/** ISO 8601 with a time zone: a time without one would mean something else on every machine. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

builder.scalarType("DateTime", {
  description: "A point in time in ISO 8601, always answered in UTC: `2026-03-01T12:30:00.000Z`.",
  serialize: (date) => date.toISOString(),
  parseValue: (value) => {
    const date = typeof value === "string" && TIMESTAMP.test(value) ? new Date(value) : undefined;
    if (date === undefined || Number.isNaN(date.getTime())) {
      throw new GraphQLError(
        "A DateTime is a string in ISO 8601 with a time zone, such as 2026-03-01T12:30:00Z.",
      );
    }
    return date;
  },
});

builder.scalarType("Cursor", {
  description:
    "A place in the event log. Opaque: keep it and pass it back. One and the same for the `events` query, the subscription, SSE's `Last-Event-ID`, `GET /events?after=` and webhook replay. `earliest` stands for the oldest event that is kept.",
  serialize: (cursor) => cursor,
  parseValue: (value) => {
    if (typeof value === "string") return value;
    throw new GraphQLError("A Cursor is a string that an event, a page or a position came with.");
  },
});

builder.scalarType("File", {
  description:
    "The bytes of a file, sent beside the operation as the GraphQL multipart request specification says.",
  serialize: () => {
    throw new GraphQLError("A File can only be sent, not asked for.");
  },
  parseValue: (value) => {
    // By shape and not by class: the server's File need not be the one of this realm.
    if (typeof value === "object" && value !== null && "stream" in value && "name" in value) {
      return value as File;
    }
    throw new GraphQLError(
      "A File is sent as a part of a multipart request, not inside the variables.",
    );
  },
});
