import { createClient } from "graphql-ws/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";

// The 13 checks of graphql-cop 1.15, with what it looks for in the answers.

const KEY = "k9F2mQ7xL4vT8bN1cR6wZ3yH5jD0sG2aPq";
type Headers = Readonly<Record<string, string>>;
const WITH_KEY: Headers = { authorization: `Bearer ${KEY}` };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ env: { API_KEY: KEY } });
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Sends a query and gives what came back, however it was sent. */
type Ask = (query: string) => Promise<Answer>;

type Severity = "HIGH" | "MEDIUM" | "LOW" | "INFO";

/** Whether the weakness is there. */
type Check = readonly [name: string, severity: Severity, found: (ask: Ask) => Promise<boolean>];

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

const CIRCLE = times(5, () => "type { fields {");

/** Those that a query alone finds, over HTTP and WebSocket alike. */
const QUERIES: readonly Check[] = [
  [
    "alias overloading",
    "HIGH",
    async (ask) => {
      const { data } = await ask(`query cop { ${times(101, (i) => `alias${i}:__typename`)} }`);
      return data?.["alias100"] !== undefined;
    },
  ],
  [
    "directive overloading",
    "HIGH",
    async (ask) =>
      (await ask(`query cop { __typename ${times(10, () => "@aa")} }`)).errors?.length === 10,
  ],
  [
    "field duplication",
    "HIGH",
    async (ask) =>
      (await ask(`query cop { ${times(500, () => "__typename")} }`)).data?.["__typename"] !==
      undefined,
  ],
  [
    "circular introspection",
    "HIGH",
    async (ask) => {
      const query = `query cop { __schema { types { fields { ${CIRCLE} name ${"} } ".repeat(5)} } } } }`;
      return (await ask(query)).data?.["__schema"] !== undefined;
    },
  ],
  [
    "introspection",
    "HIGH",
    async (ask) =>
      (await ask("query cop { __schema { types { name fields { name } } } }")).data?.[
        "__schema"
      ] !== undefined,
  ],
  [
    "field suggestions",
    "LOW",
    async (ask) =>
      JSON.stringify((await ask("query cop { __schema { directive } }")).errors).includes(
        "Did you mean",
      ),
  ],
  [
    "trace mode",
    "INFO",
    async (ask) => {
      const { errors, extensions } = await ask("query cop { __typename }");
      return [extensions, errors?.[0]?.extensions].some((each) => each && "tracing" in each);
    },
  ],
  [
    "unhandled errors",
    "INFO",
    async (ask) => {
      const said = JSON.stringify(await ask("qwerty cop { abc }"));
      return /exception|stacktrace|node_modules|\.ts:|\/src\//i.test(said);
    },
  ],
];

/** Those that are about HTTP itself. */
const REQUESTS: readonly (readonly [string, Severity, (headers: Headers) => Promise<boolean>])[] = [
  [
    "array batching",
    "HIGH",
    async (headers) => {
      const batch = Array.from({ length: 10 }, () => ({ query: "query cop { __typename }" }));
      const { body } = await gateway.post("/graphql", batch, headers);
      return Array.isArray(body) && body.length > 1;
    },
  ],
  [
    "mutation by GET",
    "MEDIUM",
    async (headers) => {
      const path = `/graphql?query=${encodeURIComponent("mutation cop { __typename }")}`;
      return (await gateway.get<Answer>(path, headers)).body.data !== undefined;
    },
  ],
  [
    "query by GET",
    "MEDIUM",
    async (headers) => {
      const path = `/graphql?query=${encodeURIComponent("query cop { __typename }")}`;
      return (await gateway.get<Answer>(path, headers)).body.data !== undefined;
    },
  ],
  [
    "query by form",
    "MEDIUM",
    async (headers) => {
      const type = { "content-type": "application/x-www-form-urlencoded" };
      const body = new URLSearchParams({ query: "query cop { __typename }" }).toString();
      const init = { headers: { ...headers, ...type }, body };
      return (await gateway.send<Answer>("POST", "/graphql", init)).body.data !== undefined;
    },
  ],
  [
    "GraphiQL",
    "LOW",
    async (headers) => {
      const page = await gateway.get<string>("/graphql", { ...headers, accept: "text/html" });
      return /graphiql|playground/i.test(page.body);
    },
  ],
];

const overHttp =
  (headers: Headers): Ask =>
  async (query) =>
    (await gateway.post<Answer>("/graphql", { query, operationName: "cop" }, headers)).body;

const overSocket =
  (connectionParams: Headers): Ask =>
  async (query) => {
    const url = `${gateway.url.replace("http", "ws")}/graphql`;
    const client = createClient({ url, connectionParams, retryAttempts: 0 });
    try {
      const first = await client.iterate({ query, operationName: "cop" }).next();
      return (first.value ?? {}) as Answer;
    } catch (error) {
      return { errors: Array.isArray(error) ? error : [{ message: String(error) }] };
    } finally {
      await client.dispose();
    }
  };

async function weaknesses(
  checks: readonly (readonly [string, Severity, () => Promise<boolean>])[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [name, severity, isThere] of checks) {
    if (await isThere()) found.push(`${severity} ${name}`);
  }
  return found;
}

const bound = <Given>(
  checks: readonly (readonly [string, Severity, (given: Given) => Promise<boolean>])[],
  given: Given,
) => checks.map(([name, severity, found]) => [name, severity, () => found(given)] as const);

describe("a stranger", () => {
  test("over HTTP", async () => {
    const all = [...bound(QUERIES, overHttp({})), ...bound(REQUESTS, {})];
    expect(all).toHaveLength(13);
    // The page holds no data and no key: it asks for one.
    expect(await weaknesses(all)).toEqual(["LOW GraphiQL"]);
  });

  test("over WebSocket", async () => {
    expect(await weaknesses(bound(QUERIES, overSocket({})))).toEqual([]);
  });
});

// Whoever has a key may explore what they may call.
const MAY_EXPLORE = ["HIGH introspection", "LOW field suggestions"];

describe("a caller with a key", () => {
  test("over HTTP", async () => {
    const all = [...bound(QUERIES, overHttp(WITH_KEY)), ...bound(REQUESTS, WITH_KEY)];
    expect(await weaknesses(all)).toEqual([...MAY_EXPLORE, "LOW GraphiQL"]);
  });

  test("over WebSocket", async () => {
    expect(await weaknesses(bound(QUERIES, overSocket(WITH_KEY)))).toEqual(MAY_EXPLORE);
  });
});
