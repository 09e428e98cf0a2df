import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../simulator/index.ts";
import { callsTo } from "./support/calls.ts";
import { eventually } from "./support/eventually.ts";
import { startTestGateway } from "./support/gateway.ts";
import { startProcess, startRefused } from "./support/processes.ts";
import type { ShownEvent } from "./support/shown.ts";
import { subscribe } from "./support/subscription.ts";
import { tempDir } from "./support/temp-database.ts";

const ME = "5511999990001";

/** Pino's number for it: what lies above is for someone to look at. */
const INFO = 30;

let wa: Simulator;
beforeAll(async () => {
  wa = await startSimulator();
});
afterAll(() => wa[Symbol.asyncDispose]());

/** A data directory that holds a linked instance "me". */
async function linkedDir(phone: string) {
  const dir = tempDir();
  await using gateway = await startTestGateway({ wa, dataDir: dir.path });
  await gateway.linked("me", phone);
  return dir;
}

const isOpen = (url: string) =>
  eventually(
    async () => {
      const { body } = await callsTo(url).get<{ status: string }>("/instances/me/status");
      return body.status === "OPEN" ? true : undefined;
    },
    () => "the instance is not open",
  );

test("an environment that cannot be used is told in one message that names every bad variable", async () => {
  const { code, stdout, stderr } = await startRefused({
    PORT: "http",
    HOST: "0.0.0.0",
    LOG_LEVEL: "x",
  });
  expect(code).toBe(1);
  expect(stdout).toBe("");
  for (const name of ["PORT", "HOST", "LOG_LEVEL"]) expect(stderr).toContain(`- ${name} `);
  expect(stderr).not.toContain("    at ");
});

test("a start on a data directory or a port that is taken says what to do, and the first process goes on", async () => {
  using dir = tempDir();
  using other = tempDir();
  const env = { DATA_DIR: dir.path, WHATSAPP_URL: wa.url };
  await using first = await startProcess(env);
  const { port } = new URL(first.url);
  // What it has made is for this user alone, in whatever folder.
  const modes = readdirSync(dir.path).map((name) => statSync(join(dir.path, name)).mode & 0o077);
  expect(modes.length).toBeGreaterThan(2);
  expect(modes.every((mode) => mode === 0)).toBe(true);
  const [sameDir, samePort] = await Promise.all([
    startRefused(env),
    startRefused({ ...env, DATA_DIR: other.path, PORT: port }),
  ]);
  expect(sameDir.stderr).toContain(`Another wagraph is running on ${dir.path}`);
  expect(samePort.stderr).toContain(port);
  for (const { code, stderr } of [sameDir, samePort]) {
    expect(code).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  }
  expect(await callsTo(first.url).get("/instances")).toMatchObject({ status: 200, body: [] });
});

test("SIGTERM ends a process with a linked account and an open subscription within two seconds", async () => {
  using dir = await linkedDir(ME);
  await using gateway = await startProcess({ DATA_DIR: dir.path, WHATSAPP_URL: wa.url });
  await isOpen(gateway.url);
  await using follow = subscribe(gateway.url, `subscription { events { __typename } }`);
  await follow.next();
  const began = Date.now();
  gateway.signal("SIGTERM");
  expect(await gateway.exited).toBe(0);
  expect(Date.now() - began).toBeLessThan(2_000);
  expect(gateway.lines.map(({ msg }) => msg)).toContain("stopping");
  expect(gateway.lines.filter(({ level }) => level > INFO)).toEqual([]);
});

test("a caller who waits for a delivery does not hold up the end", async () => {
  const phone = "5511999990002";
  using dir = await linkedDir(phone);
  await using gateway = await startProcess({ DATA_DIR: dir.path, WHATSAPP_URL: wa.url });
  await isOpen(gateway.url);
  wa.fault({ kind: "noDelivery", phone });
  const contact = await wa.account("5511999990003");
  const waiting = callsTo(gateway.url)
    .graphql(
      `mutation { sendText(input: {instanceId: "me", to: "${contact.phone}", text: "wait",
        waitFor: DELIVERED, waitTimeoutMs: 60000}) { __typename } }`,
    )
    .catch(() => undefined);
  await contact.waitFor(({ text }) => text === "wait");
  const began = Date.now();
  gateway.signal("SIGTERM");
  expect(await gateway.exited).toBe(0);
  expect(Date.now() - began).toBeLessThan(10_000);
  await waiting;
  wa.clearFaults();
});

test("an account that was open when the process was killed is told of at the next start, and comes back without a QR code", async () => {
  using dir = await linkedDir("5511999990004");
  await using first = await startProcess({ DATA_DIR: dir.path, WHATSAPP_URL: wa.url });
  await isOpen(first.url);
  first.signal("SIGKILL");
  await first.exited;

  await using gateway = await startTestGateway({ wa, dataDir: dir.path });
  const { body } = await gateway.get<{ events: readonly ShownEvent[] }>("/events?limit=200");
  await gateway.reaches("me", "OPEN");
  const closes = body.events.filter(({ type }) => type === "connection.close");
  expect(closes.at(-1)?.data).toMatchObject({ reason: "GATEWAY_STOPPED", willReconnect: true });
});

test("ten linked accounts all come back after a restart", async () => {
  await using gateway = await startTestGateway({ wa });
  const phones = Array.from({ length: 10 }, (_, n) => `55119888800${String(n).padStart(2, "0")}`);
  await Promise.all(phones.map((phone) => gateway.linked(`i${phone}`, phone)));
  await gateway.restart();
  for (const phone of phones) await gateway.reaches(`i${phone}`, "OPEN");
  const closes = await Promise.all(
    phones.map((phone) => gateway.events(`i${phone}`, "connection.close")),
  );
  expect(closes.every((each) => each.length === 1)).toBe(true);
}, 60_000);
