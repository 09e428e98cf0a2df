import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";

const ALICE = "5511999990002";
const json = { "content-type": "application/json" };

test("a phone changes its profile over HTTP", async () => {
  await using wa = await startSimulator();
  await wa.account(ALICE);
  const url = `${wa.controlUrl}/accounts/${ALICE}/profile`;
  const change = async (body: object) =>
    (await fetch(url, { method: "PATCH", headers: json, body: JSON.stringify(body) })).status;
  const shown = async () => (await fetch(url)).json() as Promise<object>;
  const picture = Buffer.from("a picture").toString("base64");
  expect(await change({ about: "Busy", picture, privacy: { last: "none" } })).toBe(204);
  expect(await shown()).toMatchObject({
    about: "Busy",
    picture,
    privacy: { last: "none", online: "all" },
    blocked: [],
  });
  expect(await change({ picture: null })).toBe(204);
  expect(await shown()).not.toHaveProperty("picture");
  expect(await change({ privacy: { last: "sometimes" } })).toBe(400);
  expect(await change({ privacy: { nothing: "all" } })).toBe(400);
});
