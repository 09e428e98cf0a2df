import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NO_SEARCH, namesOf, parseSearch } from "./search.ts";
import { systemResolve } from "./system-resolve.ts";

/** Answers for A records; a name that begins with "silent" gets no answer at all. */
const known: Readonly<Record<string, readonly number[]>> = {
  "healthy.test": [192, 0, 2, 1],
  "service.inner.cluster.test": [192, 0, 2, 2],
};
const asked: string[] = [];
const server = createSocket("udp4");
const dir = mkdtempSync(join(tmpdir(), "wagraph-resolve-"));
const hostsFile = join(dir, "hosts");
const searchFile = join(dir, "resolv.conf");
let servers: readonly string[];

beforeAll(async () => {
  server.on("message", (query, from) => {
    const { name, end, isA } = questionOf(query);
    asked.push(name);
    if (name.startsWith("silent")) return;
    server.send(answerTo(query.subarray(0, end), known[name], isA), from.port, from.address);
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  servers = [`127.0.0.1:${server.address().port}`];
});
afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true });
});

test("names whose name server is silent hold up no other", async () => {
  const look = systemResolve({ hostsFile, searchFile, servers });
  const silent = Array.from({ length: 40 }, (_, at) => look(`silent${at}.test`));
  const given = Promise.allSettled(silent);
  const startedAt = performance.now();
  expect(await look("healthy.test")).toEqual([{ address: "192.0.2.1", family: 4 }]);
  expect(performance.now() - startedAt).toBeLessThan(1_500);
  void given;
});

test("a name that does not exist is told from one that cannot be asked for", async () => {
  const look = systemResolve({ hostsFile, searchFile, servers });
  await expect(look("nobody.test")).rejects.toMatchObject({ code: "ENOTFOUND" });
});

test("the hosts file comes first, as it is now, and localhost needs no name server", async () => {
  const look = systemResolve({ hostsFile, searchFile, servers });
  asked.length = 0;
  writeFileSync(
    hostsFile,
    "# mine\n10.0.0.7 Receiver.lan receiver # a remark\nfd00::7 receiver\nnonsense x\n",
  );
  const both = [
    { address: "10.0.0.7", family: 4 },
    { address: "fd00::7", family: 6 },
  ];
  expect(await look("RECEIVER")).toEqual(both);
  expect(await look("receiver.lan.")).toEqual(both.slice(0, 1));
  writeFileSync(hostsFile, "10.0.0.8 receiver\n");
  expect(await look("receiver")).toEqual([{ address: "10.0.0.8", family: 4 }]);
  expect(await look("localhost")).toContainEqual({ address: "127.0.0.1", family: 4 });
  expect(await look("app.localhost")).toContainEqual({ address: "::1", family: 6 });
  expect(asked).toEqual([]);
});

test("short names are completed by the search domains", async () => {
  writeFileSync(
    searchFile,
    "nameserver 192.0.2.9\nsearch nowhere.test cluster.test.\noptions ndots:5\n",
  );
  const look = systemResolve({ hostsFile, searchFile, servers });
  expect(await look("service.inner")).toEqual([{ address: "192.0.2.2", family: 4 }]);
  expect(await look("healthy.test")).toEqual([{ address: "192.0.2.1", family: 4 }]);
  await expect(look("service.inner.")).rejects.toMatchObject({ code: "ENOTFOUND" });
});

test.each([
  ["a.b", "", ["a.b"]],
  ["a.b", "search x y", ["a.b", "a.b.x", "a.b.y"]],
  ["a", "search x y\n", ["a.x", "a.y", "a"]],
  ["a.", "search x", ["a"]],
  ["a.b", "domain old\nsearch x ; remark\noptions timeout:1 ndots:2", ["a.b.x", "a.b"]],
])("%s with %j is asked for as %j", (host, text, names) => {
  expect(namesOf(host, text === "" ? NO_SEARCH : parseSearch(text))).toEqual(names);
});

function questionOf(query: Buffer) {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString());
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 5, isA: query[at + 2] === 1 };
}

function answerTo(question: Buffer, address: readonly number[] | undefined, isA: boolean): Buffer {
  const reply = Buffer.from(question);
  reply.writeUInt16BE(address ? 0x8180 : 0x8183, 2);
  reply.writeUInt16BE(address && isA ? 1 : 0, 6);
  // No authority and nothing additional: the question's own options were cut off.
  reply.writeUInt32BE(0, 8);
  if (!address || !isA) return reply;
  const record = [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address];
  return Buffer.concat([reply, Buffer.from(record)]);
}
