import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Group } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
/** I made it, and Alice is no admin. */
let group: Group;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.linked("alice", ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(async () => {
  group = await gateway.wa.group({ subject: "Us", participants: [ME, ALICE] });
});

test.each([
  ["a member changes a locked group", "PATCH", "", { subject: "Mine" }],
  ["a member removes somebody", "POST", "/participants", { action: "REMOVE", participants: [ME] }],
  ["a member makes the link void", "DELETE", "/invite", undefined],
])("WhatsApp does not let it happen that %s", async (_what, method, what, body) => {
  await gateway.wa.changeGroup(group, { by: ME, locked: true });
  const { status, body: refused } = await gateway.send<ErrorReply>(
    method,
    `/instances/alice/groups/${group.jid}${what}`,
    {
      ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    },
  );
  expect([status, refused.error.code]).toEqual([403, "NOT_ALLOWED"]);
  expect(refused.error.message).toContain("no admin");
  expect(await gateway.wa.groupNow(group)).toMatchObject({
    subject: "Us",
    participants: [ME, ALICE],
  });
});

test.each([
  ["an unknown group", "/groups/120363999999999999@g.us", "GET", undefined, 404, "GROUP_NOT_FOUND"],
  ["a number that is no id", "/groups/1@g.us", "PATCH", { subject: "x" }, 400, "BAD_INPUT"],
  ["no id of a group", `/groups/${ME}@s.whatsapp.net`, "GET", undefined, 400, "BAD_INPUT"],
  ["no subject", "/groups", "POST", { subject: " ", participants: [] }, 400, "BAD_INPUT"],
  [
    "no person",
    "/groups",
    "POST",
    { subject: "x", participants: ["Bob"] },
    400,
    "INVALID_RECIPIENT",
  ],
  [
    "a crowd",
    "/groups",
    "POST",
    { subject: "x", participants: Array.from({ length: 101 }, (_, n) => String(551190000000 + n)) },
    400,
    "BAD_INPUT",
  ],
  ["nothing to change", "/groups/120363000000000001", "PATCH", {}, 400, "BAD_INPUT"],
  [
    "an odd time",
    "/groups/120363000000000001",
    "PATCH",
    { disappearingSeconds: 5 },
    400,
    "BAD_INPUT",
  ],
  [
    "nobody to add",
    "/groups/120363000000000001/participants",
    "POST",
    { action: "ADD", participants: [] },
    400,
    "BAD_INPUT",
  ],
] as const)("%s is refused", async (_what, what, method, body, status, code) => {
  const reply = await gateway.send<ErrorReply>(method, `/instances/me${what}`, {
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
});

test.each([
  [429, 429, "RATE_LIMITED", /too often/],
  [503, 503, "UNAVAILABLE", /Try again/],
  [418, 400, "BAD_INPUT", /418/],
])("WhatsApp's %i is told as what it is", async (whatsappCode, status, code, says) => {
  gateway.wa.fault({ kind: "queryError", phone: ME, code: whatsappCode });
  const reply = await gateway.patch<ErrorReply>(`/instances/me/groups/${group.jid}`, {
    locked: true,
  });
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
  expect(reply.body.error.message).toMatch(says);
  expect((await gateway.wa.groupNow(group)).locked).toBe(false);
});

test("without a link or a connection there are no groups to ask about", async () => {
  await gateway.post("/instances", { instanceId: "new" });
  const never = await gateway.get<ErrorReply>("/instances/new/groups");
  expect([never.status, never.body.error.code]).toEqual([409, "NOT_LINKED"]);
  await gateway.graphql(`mutation { stopInstance(id: "alice") { __typename } }`);
  const stopped = await gateway.get<ErrorReply>("/instances/alice/groups");
  expect([stopped.status, stopped.body.error.code]).toEqual([503, "UNAVAILABLE"]);
  await gateway.graphql(`mutation { startInstance(id: "alice") { __typename } }`);
  await gateway.reaches("alice", "OPEN");
  expect((await gateway.get("/instances/alice/groups")).status).toBe(200);
});

test("what is done to a group is on the audit trail, with which group", async () => {
  await gateway.post(`/instances/alice/groups/${group.jid}/leave`);
  const { body } = await gateway.get<{ entries: readonly Record<string, unknown>[] }>(
    "/audit?action=leaveGroup",
  );
  expect(JSON.stringify(body)).toContain(group.jid);
});
