import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { GraphQLNamedType, GraphQLObjectType } from "graphql";
import {
  assertInterfaceType,
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from "graphql";
import { expect, test } from "vitest";
import { EVENT_TYPES } from "../domain/event.ts";
import { EVENT_TYPE_NAMES } from "./events/event.ts";

/** As users read it. That it is what the code says is checked with everything else that is generated. */
const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../schema.graphql"), "utf8"));

const types = Object.values(schema.getTypeMap()).filter(
  ({ name }) =>
    !name.startsWith("__") && !["Int", "Float", "String", "Boolean", "ID"].includes(name),
);

function undescribed(type: GraphQLNamedType): readonly string[] {
  const members =
    isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
      ? Object.values(type.getFields())
      : isEnumType(type)
        ? type.getValues()
        : [];
  return [type, ...members].flatMap(({ name, description }) =>
    description ? [] : [`${type.name}.${name}`],
  );
}

test("every type, field and value says what it means", () => {
  expect(types.flatMap(undescribed)).toEqual([]);
});

test("one selection may name every field of every event", () => {
  const shapes = new Map<string, Set<string>>();
  const events = schema.getImplementations(assertInterfaceType(schema.getType("Event"))).objects;
  expect(events.map(({ name }) => name).toSorted()).toEqual(
    EVENT_TYPES.map((type) => EVENT_TYPE_NAMES[type]).toSorted(),
  );
  for (const event of events) {
    for (const { name, type } of Object.values(event.getFields())) {
      shapes.set(name, (shapes.get(name) ?? new Set()).add(String(type)));
    }
  }
  expect([...shapes].filter(([, shape]) => shape.size > 1)).toEqual([]);
});

const results = types.filter(isUnionType).filter(({ name }) => name.endsWith("Result"));

const isError = (type: GraphQLObjectType) =>
  type.getInterfaces().some(({ name }) => name === "Error");

test.each(results)("$name can be selected together with `... on Error`", (union) => {
  const members = union.getTypes();
  expect(members.some(isError)).toBe(true);
  for (const made of members.filter((member) => !isError(member))) {
    expect(Object.keys(made.getFields())).not.toContain("code");
    expect(Object.keys(made.getFields())).not.toContain("message");
  }
});

test("every mutation answers with a union of its own kind", () => {
  const names = new Set(results.map(({ name }) => `${name}!`));
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  expect(fields.filter(({ type }) => !names.has(String(type)))).toEqual([]);
});

test.each([
  `query ($after: String) { instances(first: 5, after: $after) { edges { cursor node { id status } } pageInfo { hasNextPage endCursor } } }`,
  `{ instance(id: "a") { id status qr { text svg expiresAt } phoneNumber lastDisconnect { code reason } } }`,
  `query ($c: Cursor, $f: EventFilter) {
    events(first: 5, after: $c, last: 1, before: $c, filter: $f) { edges { node { id type cursor instanceId occurredAt whileOffline } } }
  }`,
  `mutation { createInstance(input: {id: "a", name: "b", webhook: {url: "https://a.example"}}) {
    ... on Instance { id status webhook { id url secret } } ... on Error { code message } } }`,
  `mutation { sendText(input: {instanceId: "a", to: "1", text: "t", idempotencyKey: "k", waitFor: SERVER_ACK, waitTimeoutMs: 5}) {
    ... on Message { id chat { id pn lid } sender { pn lid name } fromMe kind text timestamp status quotedId media { mimetype } }
    ... on SendRejectedError { whatsappCode } ... on Error { code message } } }`,
  `mutation { restartInstance(id: "a") { __typename } deleteInstance(id: "a") { __typename } }`,
  `subscription ($c: Cursor) { events(after: $c, filter: {types: ["message.*"], instanceIds: ["a"], chatIds: ["b"]}) {
    ... on StreamPosition { cursor }
    ... on EventDelivery { cursor event { ... on MessageReceived { message { id } } ... on MessageSent { message { id } source }
      ... on MessageStatusChanged { messageId chatId status previous } ... on ConnectionOpen { phoneNumber }
      ... on ConnectionClose { code reason willReconnect } ... on QrUpdate { qr { text } } } } } }`,
  `subscription { instance(id: "a") { id status qr { text } pairingCode { code } } }`,
])("a caller may rely on it: %s", (operation) => {
  expect(validate(schema, parse(operation))).toEqual([]);
});
