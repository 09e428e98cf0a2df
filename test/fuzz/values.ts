import * as fc from "fast-check";
import type { GraphQLArgument, GraphQLInputField, GraphQLInputType } from "graphql";
import { isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";

/** Texts that have broken programs: control characters, halves of characters, names of JavaScript's own. */
const NASTY = [
  "",
  " ",
  "\0",
  "\ud800",
  "__proto__",
  "constructor",
  "toString",
  "../../etc/passwd",
  "' OR 1=1 --",
  "<script>alert(1)</script>",
  "%00",
  "{{7*7}}",
  "𝕳𝖊𝖑𝖑𝖔",
  "1e309",
  "-0",
  "x".repeat(5_000),
];

export const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
);

/** Ids that are there, and others. */
export const id = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom("me", "other", "nope") },
  { weight: 3, arbitrary: text },
);

/** What a call may wait for is kept short: a fuzzer has a hundred thousand more to make. */
const waiting = fc.oneof(fc.integer({ min: -10, max: 20 }), fc.constant(60_001));

const int = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -3, max: 300 }) },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: text },
);

const time = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom("2026-02-30T00:00:00Z", "now", "0000-00-00T00:00:00Z", "+275761-01-01T00:00:00Z"),
  text,
);

const NAMED: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  waitMs: waiting,
  waitTimeoutMs: waiting,
  url: fc.oneof(
    fc.constantFrom(
      "http://127.0.0.1:9/x",
      "http://[::1]:9",
      "file:///etc/passwd",
      "http://10.0.0.1/",
    ),
    text,
  ),
  to: fc.oneof(
    fc.constantFrom("15550000002", "15550000002@s.whatsapp.net", "1@g.us", "status@broadcast"),
    text,
  ),
  scopes: fc.array(fc.oneof(fc.constantFrom("keys:admin", "messages:read", "everything"), text), {
    maxLength: 3,
  }),
};

/** A value for an argument: mostly of its type, sometimes anything. */
export function valueFor(field: GraphQLArgument | GraphQLInputField): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 12, arbitrary: NAMED[field.name] ?? ofType(field.type) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
}

function ofType(type: GraphQLInputType): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return ofType(type.ofType);
  if (isListType(type)) return fc.array(ofType(type.ofType), { maxLength: 3 });
  if (isEnumType(type))
    return fc.oneof(fc.constantFrom(...type.getValues().map(({ name }) => name)), text);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const required = fields.filter((field) => isNonNullType(field.type)).map(({ name }) => name);
    const record = Object.fromEntries(fields.map((field) => [field.name, valueFor(field)]));
    return fc.record(record, { requiredKeys: required });
  }
  switch (type.name) {
    case "ID":
      return id;
    case "Int":
    case "Float":
      return int;
    case "Boolean":
      return fc.boolean();
    case "DateTime":
      return time;
    case "Cursor":
      return fc.oneof(fc.constant("earliest"), text);
    default:
      return text;
  }
}
