import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";

// The audits of the GraphQL Foundation's working group on GraphQL over HTTP, against the finished gateway.

/** What a server may do and ours does not, and why. */
const FORGERY = "any page can make a browser send a GET: it needs a header that no page can send";
const DECLINED: Readonly<Record<string, string>> = {
  "5A70": FORGERY,
  D6D5: FORGERY,
  "6A70": FORGERY,
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const audits = serverAudits({ url: () => `${gateway.url}/graphql` });
const level = ({ name }: { readonly name: string }) => name.split(" ", 1)[0] ?? "";
const of = (wanted: string) => audits.filter((audit) => level(audit) === wanted);

test("there are as many audits as we know of", () => {
  expect([of("MUST").length, of("SHOULD").length]).toEqual([13, 23]);
});

describe.each(["MUST", "SHOULD"])("what a server %s do", (wanted) => {
  test.each(of(wanted))("$id $name", async ({ fn }) => {
    expect(await fn()).toMatchObject({ status: "ok" });
  });
});

describe("what a server MAY do", () => {
  test.each(of("MAY"))("$id $name", async ({ id, fn }) => {
    const { status } = await fn();
    expect([id, status === "ok"]).toEqual([id, !(id in DECLINED)]);
  });
});
