import { expect, test } from "vitest";
import { startSimulator } from "../simulator/index.ts";
import { startTestGateway } from "./support/gateway.ts";

const KEY = "the-key-of-the-one-who-runs-this-demo";

test("the control API of the demo's WhatsApp is behind the door like all else", async () => {
  await using wa = await startSimulator();
  await wa.account("5511999990001", { name: "My shop" });
  const overrides = { simulator: wa.control };
  await using gateway = await startTestGateway({ wa, overrides, env: { API_KEY: KEY } });
  const url = `${gateway.url}/simulator/accounts`;
  const headers = { authorization: `Bearer ${KEY}` };
  expect((await fetch(url)).status).toBe(401);
  const elsewhere = { ...headers, origin: "https://elsewhere.example" };
  expect((await fetch(url, { headers: elsewhere })).status).toBe(403);
  const listed = await fetch(url, { headers });
  expect(await listed.json()).toEqual([
    expect.objectContaining({ phone: "5511999990001", name: "My shop", devices: 0 }),
  ]);
  const session = await fetch(`${gateway.url}/session`, { headers });
  expect(await session.json()).toMatchObject({ keyed: true, simulator: true });
});

test("where there is no demo there are no simulated phones", async () => {
  await using gateway = await startTestGateway();
  expect((await gateway.get("/simulator/accounts")).status).toBe(404);
  expect((await gateway.get("/session")).body).toMatchObject({ simulator: false });
});
