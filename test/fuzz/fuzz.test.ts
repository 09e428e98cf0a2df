import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";
import { anyRequest, type FuzzedRequest } from "./requests.ts";

// `npm run fuzz` makes a hundred thousand requests; here it is as many as a test has time for.

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 300);

/** Accounts that a run has made and that are taken away again, so that the last request meets what the first met. */
const TIDY_EVERY = 250;

let gateway: TestGateway;
let phones = 0;
beforeAll(async () => {
  // No name resolves: what is fetched is fetched from here or not at all.
  gateway = await startTestGateway({ overrides: { resolve: noName } });
  await prepare();
});
afterAll(() => gateway[Symbol.asyncDispose]());

function noName(): Promise<never> {
  return Promise.reject(Object.assign(new Error("no such host"), { code: "ENOTFOUND" }));
}

async function prepare(): Promise<void> {
  // A new phone each time: a phone takes so many devices and no more.
  phones += 1;
  await gateway.linked("me", String(15_550_000_000 + phones));
  await gateway.post("/instances", { instanceId: "other", webhook: "http://127.0.0.1:9/" });
}

async function tidy(): Promise<void> {
  const list = await gateway.get<readonly { instanceId: string }[]>("/instances?limit=200");
  for (const { instanceId } of list.body) await gateway.delete(`/instances/${instanceId}`);
  await prepare();
}

/** What must stand in no answer: it tells where and what our code is. */
const INTERNALS = /node_modules|\/src\/|\.[mc]?[jt]s:\d+|\bat \w+ \(|SQLITE_|Prisma|Baileys/;

async function send({ method, path, headers, body }: FuzzedRequest) {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers,
    redirect: "manual",
    ...(body !== undefined && { body }),
  });
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("text/event-stream")) {
    await response.body?.cancel();
    return { status: response.status, text: "" };
  }
  return { status: response.status, text: await response.text() };
}

test(`${RUNS} requests of any kind: each gets an answer, none a 500, a stack or a path of ours`, async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(anyRequest, async (request) => {
      count += 1;
      if (count % TIDY_EVERY === 0) await tidy();
      const { status, text } = await send(request);
      expect(status).not.toBe(500);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(text).not.toMatch(INTERNALS);
      expect(text).not.toContain('"INTERNAL"');
    }),
    { numRuns: RUNS, endOnFailure: RUNS > 10_000 },
  );
  expect((await gateway.get("/livez")).status).toBe(200);
  const errors = gateway.lines.filter(({ level }) => level >= 50);
  expect(errors).toEqual([]);
}, 3_600_000);
