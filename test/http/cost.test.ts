import { parse } from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "../../src/graphql/schema.ts";
import { costOf, MAX_COST } from "../../src/http/operation-cost.ts";
import { startTestGateway } from "../support/gateway.ts";
import { operationsOf } from "../support/operations.ts";

const cost = (source: string, variables: Readonly<Record<string, unknown>> = {}): number =>
  costOf(schema, parse(source), undefined)(variables);

describe("an operation costs as much as it may answer with", () => {
  test.each([
    ["{ version }", {}, 1],
    ["{ a: version b: version }", {}, 2],
    [`{ instance(id: "a") { id name } }`, {}, 3],
    ["{ instances(first: 3) { edges { node { id } } } }", {}, 1 + 3 * 3],
    // 50 are answered when nobody says how many.
    ["{ instances { edges { cursor } } }", {}, 1 + 50 * 2],
    ["query ($n: Int) { instances(first: $n) { edges { cursor } } }", { n: 7 }, 1 + 7 * 2],
    ["query ($n: Int = 4) { instances(first: $n) { edges { cursor } } }", {}, 1 + 4 * 2],
    ["query ($n: Int) { instances(first: $n) { edges { cursor } } }", {}, 1 + 50 * 2],
    ["{ events(last: 2) { edges { cursor } } }", {}, 1 + 2 * 2],
    // What is out of bounds is refused by the field.
    ["{ instances(first: 100000) { edges { cursor } } }", {}, 1 + 200 * 2],
    ["{ instances(first: -5) { edges { cursor } } }", {}, 1 + 1 * 2],
    ["{ apiKeys { id } }", {}, 1 + 10],
    ["{ ...f ...f } fragment f on Query { version }", {}, 2],
    [`{ instance(id: "a") { ... on Instance { id } ... { name } } }`, {}, 3],
    ["subscription { events { __typename } }", {}, 2],
  ])("%s with %j", (source, variables, expected) => {
    expect(cost(source, variables)).toBe(expected);
  });

  test("of two operations the one that is asked for is counted", () => {
    const source = "query a { version } query b { apiKeys { id } }";
    expect(costOf(schema, parse(source), "a")({})).toBe(1);
    expect(costOf(schema, parse(source), "b")({})).toBe(11);
  });
});

const DEEP = `query ($first: Int) { instances(first: $first) { edges { node { webhooks {
  deliveries(first: 50) { edges { node { attempts { id } } } } } } } } }`;

test("one that may answer with too much is refused before it is run, on every way in", async () => {
  await using gateway = await startTestGateway();
  await gateway.post("/instances", { instanceId: "me" });
  expect(cost(DEEP, { first: 200 })).toBeGreaterThan(MAX_COST);
  const ask = (first: number) =>
    gateway.post<{ errors?: unknown }>("/graphql", { query: DEEP, variables: { first } });
  expect(await ask(200)).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: "BAD_INPUT" } }] },
  });
  expect(await ask(5)).toMatchObject({ status: 200, body: { data: expect.anything() as object } });
  await using socket = gateway.subscribe(DEEP, { first: 200 });
  await expect(socket.next()).rejects.toThrow("more than 50000 values");
});

test("what is answered is never more than it was counted for", async () => {
  await using gateway = await startTestGateway();
  await gateway.linked("me", "15550000001", "http://127.0.0.1:9/");
  for (const { kind, source, variables } of operationsOf(schema)) {
    if (kind !== "query") continue;
    const { data } = (
      await gateway.post<{ data: object }>("/graphql", {
        query: source,
        variables: variables("me"),
      })
    ).body;
    expect(valuesIn(data)).toBeLessThanOrEqual(cost(source, variables("me")));
  }
});

function valuesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + valuesIn(each), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, each) => sum + 1 + valuesIn(each), 0);
}
