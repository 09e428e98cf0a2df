import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";
const NOBODY = "5511999990009";

interface ShownCheck {
  readonly input: string;
  readonly isNumber: boolean;
  readonly exists: boolean;
  readonly id?: string;
}

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { engineTimeouts: { queryMs: 400 } } });
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const check = <T = readonly ShownCheck[]>(phones: readonly string[], id = "me") =>
  gateway.post<T>(`/instances/${id}/contacts/check`, { phones });

const refused = async (phones: readonly string[], id?: string) => {
  const { status, body } = await check<ErrorReply>(phones, id);
  return [status, body.error.code];
};

const questions = () => gateway.wa.stats["in.iq"] ?? 0;

test("each number is answered with who has it, in the order of the numbers", async () => {
  const pretty = "+55 (11) 99999-0002";
  const { status, body } = await check([NOBODY, pretty, "abc", alice.jid]);
  expect(status).toBe(200);
  const found = { isNumber: true, exists: true, id: alice.lid, pn: alice.jid, lid: alice.lid };
  expect(body).toEqual([
    { input: NOBODY, isNumber: true, exists: false },
    { input: pretty, ...found },
    { input: "abc", isNumber: false, exists: false },
    { input: alice.jid, ...found },
  ]);
});

test("a thousand numbers are ten questions, and none when they are asked about again", async () => {
  const phones = Array.from({ length: 1_000 }, (_, n) => String(4915100000000 + n));
  await gateway.wa.account(phones[7] as string);
  const before = questions();
  const { body } = await check(phones);
  expect(body).toHaveLength(1_000);
  expect(body.flatMap(({ input, exists }) => (exists ? [input] : []))).toEqual([phones[7]]);
  expect(questions() - before).toBe(10);
  await check(phones);
  expect(questions() - before).toBe(10);
});

test("GraphQL answers the same", async () => {
  const { contactCheck } = await gateway.graphql<{ contactCheck: readonly ShownCheck[] }>(
    `query ($phones: [String!]!) { contactCheck(instanceId: "me", phones: $phones) { input exists id } }`,
    { phones: [ALICE] },
  );
  expect(contactCheck).toEqual([{ input: ALICE, exists: true, id: alice.lid }]);
});

test("who asks for none or too many, or for an account that cannot ask, is told so", async () => {
  expect(await refused([])).toEqual([400, "BAD_INPUT"]);
  expect(await refused(Array.from({ length: 1_001 }, () => ALICE))).toEqual([400, "BAD_INPUT"]);
  expect(await refused([ALICE], "nobodys")).toEqual([404, "INSTANCE_NOT_FOUND"]);
  await gateway.post("/instances", { instanceId: "unlinked" });
  expect(await refused([ALICE], "unlinked")).toEqual([409, "NOT_LINKED"]);
});

test("silence is no answer, and so is a connection that is not there", async () => {
  gateway.wa.fault({ kind: "silence", phone: ME, ms: 60_000 });
  const silent = await check<ErrorReply>(["5511999990008"]);
  gateway.wa.clearFaults();
  expect([silent.status, silent.body.error.code]).toEqual([503, "UNAVAILABLE"]);
  expect((await check(["5511999990008"])).status).toBe(200);
  await gateway.graphql(`mutation { stopInstance(id: "me") { __typename } }`);
  const stopped = await check<ErrorReply>([ALICE]);
  expect([stopped.status, stopped.body.error.code]).toEqual([503, "UNAVAILABLE"]);
});
