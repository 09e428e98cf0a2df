import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { sendText } from "./support/sends.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

/** WhatsApp's code for an account that may not start conversations. */
const RESTRICTED = 463;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  await gateway.wa.account(ALICE);
});
afterAll(() => gateway[Symbol.asyncDispose]());

const restriction = async () =>
  (
    await gateway.graphql<{ instance: { restriction: object | null } }>(
      `{ instance(id: "me") { restriction { kind whatsappCode explanation since until } } }`,
    )
  ).instance.restriction;

const send = (text: string) => sendText(gateway, ALICE, text, { waitFor: "SERVER_ACK" });

test("a refusal with 463 restricts the instance, is told once, never retried, and lifted by the next message that passes", async () => {
  expect(await restriction()).toBeNull();
  gateway.wa.fault({ kind: "ackError", phone: ME, code: RESTRICTED, count: 2 });
  for (const text of ["refused", "refused again"]) {
    expect(await send(text)).toMatchObject({ code: "SEND_REJECTED" });
  }
  await gateway.event("me", "instance.restricted");
  expect(await restriction()).toMatchObject({
    kind: "SEND_REFUSED",
    whatsappCode: RESTRICTED,
    until: null,
  });
  expect(gateway.wa.stats["messagesRejected"]).toBe(2);

  await gateway.restart();
  await gateway.reaches("me", "OPEN");
  expect(await restriction()).toMatchObject({ kind: "SEND_REFUSED" });
  expect(await send("passes")).toMatchObject({ __typename: "TextMessage" });
  await expect.poll(restriction).toBeNull();
  const told = await gateway.events("me", "instance.restricted");
  expect(told.map(({ data }) => data["restriction"])).toEqual([
    expect.objectContaining({ kind: "SEND_REFUSED", whatsappCode: RESTRICTED }),
    null,
  ]);
  // Neither the restart nor the end of the restriction has made it try again.
  expect(gateway.wa.stats["messagesRejected"]).toBe(2);
  expect(gateway.wa.stats["messagesAccepted"]).toBe(1);
});
