import * as fc from "fast-check";
import { schema } from "../../src/graphql/schema.ts";
import { aliases } from "../../src/rest/aliases.ts";
import { operationsOf } from "../support/operations.ts";
import { id, text, valueFor } from "./values.ts";

export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

const JSON_TYPE = { "content-type": "application/json" };

/** What fits into a URL or header, whatever it says. */
const token = text.map((words) => encodeURIComponent(words.toWellFormed()));

/** Operations with every argument that they take. */
const operations = operationsOf(schema, () => true).filter(({ kind }) => kind !== "subscription");

const operation = fc.constantFrom(...operations).chain(({ source, args }) =>
  fc
    .record(Object.fromEntries(args.map((arg) => [arg.name, valueFor(arg)])), {
      requiredKeys: [],
    })
    .map((variables) => ({ query: source, variables })),
);

const graphqlBody = fc.oneof(
  { weight: 8, arbitrary: operation.map((given) => JSON.stringify(given)) },
  { weight: 2, arbitrary: fc.record({ query: text }).map((given) => JSON.stringify(given)) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
  { weight: 1, arbitrary: text },
);

const graphql: fc.Arbitrary<FuzzedRequest> = graphqlBody.map((body) => ({
  method: "POST",
  path: "/graphql",
  headers: JSON_TYPE,
  body,
}));

/** Fields that bodies of REST have, with anything in them. */
const FIELDS = ["instanceId", "name", "webhook", "to", "message", "url", "base64", "caption"];
const MORE = ["scheduledAt", "events", "headers", "enabled", "scopes", "deliveryIds", "since"];

const restBody = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .dictionary(
        fc.constantFrom(...FIELDS, ...MORE),
        fc.oneof(
          { weight: 3, arbitrary: text },
          { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
        ),
        { maxKeys: 6 },
      )
      .map((given) => JSON.stringify(given)),
  },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  {
    weight: 2,
    arbitrary: fc
      .dictionary(
        fc.constantFrom("limit", "after", "type", "format", "instanceId", "state"),
        token,
        {
          maxKeys: 3,
        },
      )
      .map(
        (given) =>
          `?${Object.entries(given)
            .map((pair) => pair.join("="))
            .join("&")}`,
      ),
  },
);

const rest: fc.Arbitrary<FuzzedRequest> = fc
  .record({
    alias: fc.constantFrom(...aliases),
    otherMethod: fc.option(
      fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
      {
        freq: 8,
      },
    ),
    ids: fc.array(id, { minLength: 2, maxLength: 2 }),
    query,
    body: restBody,
    type: fc.option(
      fc.constantFrom("text/plain", "multipart/form-data", "application/json; charset=x"),
      {
        freq: 8,
      },
    ),
    headers: fc.dictionary(
      fc.constantFrom(
        "idempotency-key",
        "last-event-id",
        "accept",
        "x-api-key",
        "cookie",
        "origin",
      ),
      token,
      { maxKeys: 2 },
    ),
  })
  .map(({ alias, otherMethod, ids, query: search, body, type, headers }) => {
    const method = otherMethod ?? alias.method;
    const sends = method !== "GET" && method !== "HEAD" && body !== undefined;
    let used = 0;
    const path = alias.path.replaceAll(
      /:\w+/g,
      () => encodeURIComponent((ids[used++] ?? "").toWellFormed()) || "x",
    );
    return {
      method,
      path: `${path}${search}`,
      headers: { ...headers, ...(sends && { "content-type": type ?? "application/json" }) },
      body: sends ? body : undefined,
    };
  });

const strayPath: fc.Arbitrary<FuzzedRequest> = fc
  .array(token, { maxLength: 4 })
  .map((parts) => ({ method: "GET", path: `/${parts.join("/")}`, headers: {} }));

export const anyRequest: fc.Arbitrary<FuzzedRequest> = fc.oneof(
  { weight: 5, arbitrary: graphql },
  { weight: 5, arbitrary: rest },
  { weight: 1, arbitrary: strayPath },
);
