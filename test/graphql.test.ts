import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import type { ShownMessage } from "./support/shown.ts";

const ALICE = "5511999990001";
const BOB = "5511999990002";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.wa.account(BOB);
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Failed {
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** An operation that is expected to end in a GraphQL error. */
async function failing(query: string): Promise<Failed["errors"][number] | undefined> {
  const { body } = await gateway.post<Failed>("/graphql", { query });
  return body.errors[0];
}

test("an instance is created with its webhook, whose secret is shown this once", async () => {
  const create = `mutation { createInstance(input: {id: "shop", name: "Shop", webhook: {
    url: "http://127.0.0.1:9/", events: ["message.*"], headers: [{name: "X-Key", value: "v"}]}}) {
    __typename ... on Instance { id name webhook { id url secret headerNames } webhooks { secret } }
    ... on Error { code message } } }`;
  const made = await gateway.graphql<{ createInstance: { webhook: { secret: string } } }>(create);
  const { secret } = made.createInstance.webhook;
  expect(secret).toMatch(/^whsec_/);
  expect(made.createInstance).toMatchObject({
    __typename: "Instance",
    name: "Shop",
    webhook: { headerNames: ["X-Key"] },
    webhooks: [{ secret }],
  });
  const later = await gateway.graphql(
    `{ instance(id: "shop") { webhook { secret url } webhooks { secret } } }`,
  );
  expect(later).toEqual({
    instance: {
      webhook: { secret: null, url: "http://127.0.0.1:9/" },
      webhooks: [{ secret: null }],
    },
  });
  expect(await gateway.graphql(create)).toMatchObject({
    createInstance: { __typename: "InstanceExistsError", code: "INSTANCE_EXISTS" },
  });
});

test("an expected failure is data, also where nothing is there", async () => {
  const data = await gateway.graphql(`mutation {
    start: startInstance(id: "no") { ... on InstanceNotFoundError { code instanceId } }
    send: sendText(input: {instanceId: "shop", to: "1", text: "x"}) { ... on Error { code } }
    webhook: updateWebhook(id: "no", input: {enabled: true}) { ... on Error { code } }
  }`);
  expect(data).toEqual({
    start: { code: "INSTANCE_NOT_FOUND", instanceId: "no" },
    send: { code: "NOT_LINKED" },
    webhook: { code: "WEBHOOK_NOT_FOUND" },
  });
  expect(await gateway.graphql(`{ instance(id: "no") { id } webhook(id: "no") { id } }`)).toEqual({
    instance: null,
    webhook: null,
  });
});

test("a cursor that leads nowhere is an error with its code; a mistake in the query keeps its words", async () => {
  expect(await failing(`{ events(after: "nonsense") { edges { cursor } } }`)).toMatchObject({
    extensions: { code: "CURSOR_INVALID" },
  });
  const ahead = Buffer.from("v1:elsewhere:1").toString("base64url");
  expect(await failing(`{ events(after: "${ahead}") { edges { cursor } } }`)).toMatchObject({
    extensions: {
      code: "CURSOR_FOREIGN",
      oldest: expect.any(String) as string,
      head: expect.any(String) as string,
    },
  });
  expect(await failing(`{ instances(first: 500) { edges { cursor } } }`)).toMatchObject({
    extensions: { code: "BAD_INPUT" },
  });
  expect((await failing(`{ nothing }`))?.message).toContain('"nothing"');
});

test("messages page from the newest, forward and back, and one is found by its uid", async () => {
  await gateway.linked("pages", ALICE);
  for (const text of ["one", "two", "three"]) {
    const sent = await gateway.graphql(
      `mutation ($input: SendTextInput!) { sendText(input: $input) { ... on Message { text status } ... on Error { message } } }`,
      { input: { instanceId: "pages", to: BOB, text } },
    );
    expect(sent).toMatchObject({ sendText: { text } });
  }
  interface Page {
    readonly instance: {
      readonly messages: {
        readonly edges: readonly { readonly cursor: string; readonly node: ShownMessage }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
      };
    };
  }
  const page = async (args: string) => {
    const { instance } = await gateway.graphql<Page>(`{ instance(id: "pages") { messages(${args}) {
      edges { cursor node { __typename uid text chat { pn } } } pageInfo { hasNextPage hasPreviousPage } } } }`);
    return { ...instance.messages, texts: instance.messages.edges.map(({ node }) => node.text) };
  };
  const newest = await page("first: 2");
  expect(newest).toMatchObject({ pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  expect(new Set((await page("first: 9")).texts)).toEqual(new Set(["three", "two", "one"]));
  const rest = await page(`first: 2, after: "${newest.edges[1]?.cursor}"`);
  expect(rest).toMatchObject({ pageInfo: { hasNextPage: false } });
  expect(new Set([...newest.texts, ...rest.texts])).toEqual(new Set(["one", "two", "three"]));
  const back = await page(`last: 2, before: "${rest.edges[0]?.cursor}"`);
  expect(back.texts).toEqual(newest.texts);

  const node = newest.edges[0]?.node;
  expect(node).toMatchObject({ __typename: "TextMessage", chat: { pn: `${BOB}@s.whatsapp.net` } });
  expect(
    await gateway.graphql(`query ($uid: ID!) { message(uid: $uid) { text } }`, { uid: node?.uid }),
  ).toEqual({ message: { text: node?.text } });
});

test("a subscription tells where it stands, then what happens, and goes on behind a kept cursor", async () => {
  interface Item {
    readonly events: {
      readonly __typename: string;
      readonly cursor: string;
      readonly event?: { readonly type: string };
    };
  }
  const query = `subscription ($after: Cursor) { events(after: $after, filter: {types: ["instance.*"]}) {
    __typename ... on EventDelivery { cursor event { type } } ... on StreamPosition { cursor } } }`;
  await using stream = gateway.subscribe<Item>(query);
  const start = await stream.next();
  expect(start.events.__typename).toBe("StreamPosition");

  await gateway.post("/instances", { instanceId: "brief" });
  expect((await stream.next()).events.event).toEqual({ type: "instance.created" });
  await gateway.post("/instances", { instanceId: "later" });
  const second = await stream.next();

  await using resumed = gateway.subscribe<Item>(query, { after: start.events.cursor });
  expect((await resumed.next()).events.event).toEqual({ type: "instance.created" });
  expect(await resumed.next()).toEqual(second);
});

test("a file is uploaded beside the operation", async () => {
  const form = new FormData();
  const query = `mutation ($file: File!) { sendFile(input: {instanceId: "pages", to: "${BOB}", media: {upload: $file}}) {
    ... on DocumentMessage { media { fileName size } } ... on Error { code message } } }`;
  form.set("operations", JSON.stringify({ query, variables: { file: null } }));
  form.set("map", JSON.stringify({ "0": ["variables.file"] }));
  form.set("0", new File(["hello"], "hello.txt", { type: "text/plain" }));
  const { body } = await gateway.send("POST", "/graphql", {
    headers: { "graphql-require-preflight": "1" },
    body: form,
  });
  expect(body).toEqual({ data: { sendFile: { media: { fileName: "hello.txt", size: 5 } } } });
});
