import { once } from "node:events";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { setDefaultCACertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { createOutbound } from "./outbound.ts";
import { parsePrivateTargets } from "./private-targets.ts";
import type { Answer } from "./resolve.ts";
import { CERTIFICATE } from "./testing/certificate.ts";
import { loopback, toLoopback } from "./testing/loopback.ts";
import { startReceiver } from "./testing/receiver.ts";

describe("a deadline", () => {
  const deadlineMs = 300;
  test.each([
    ["a name server that is silent", "resolving the name", undefined],
    ["a receiver that is silent", "waiting for the answer", "silent"],
    ["a receiver that drips", "reading the answer", "drip"],
  ])("ends %s", async (_what, phase, path) => {
    await using receiver = await startReceiver((request, response) => {
      if (request.url !== "/drip") return;
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    const answers = path ? Promise.resolve([loopback]) : new Promise<Answer[]>(() => {});
    const privateTargets = parsePrivateTargets(["receiver.test"]);
    await using outbound = createOutbound({ privateTargets, resolve: () => answers });
    const startedAt = performance.now();
    const url = `http://receiver.test:${receiver.port}/${path ?? ""}`;
    await expect(
      outbound.request({ method: "POST", url, body: "x", deadlineMs }),
    ).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining(phase) as string,
      call: { status: path === "drip" ? 200 : undefined },
    });
    expect(performance.now() - startedAt).toBeLessThan(deadlineMs + 200);
  });

  test("of the caller passes its own reason on", async () => {
    await using receiver = await startReceiver(() => {});
    await using outbound = toLoopback();
    const controller = new AbortController();
    const url = `http://receiver.test:${receiver.port}/`;
    const call = outbound.request({ method: "GET", url, signal: controller.signal });
    const reason = new Error("not needed any more");
    setTimeout(() => controller.abort(reason), 10);
    await expect(call).rejects.toBe(reason);
  });
});

describe("what breaks on the way has a name", () => {
  test("DNS", async () => {
    const privateTargets = parsePrivateTargets([]);
    await using empty = createOutbound({ privateTargets, resolve: async () => [] });
    await using failing = createOutbound({
      privateTargets,
      resolve: () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" })),
    });
    for (const outbound of [empty, failing]) {
      await expect(
        outbound.request({ method: "GET", url: "http://nowhere.test/" }),
      ).rejects.toMatchObject({ code: "DNS" });
    }
  });

  test("CONNECT", async () => {
    const receiver = await startReceiver();
    await receiver[Symbol.asyncDispose]();
    await using outbound = toLoopback();
    await expect(
      outbound.request({ method: "GET", url: `http://receiver.test:${receiver.port}/` }),
    ).rejects.toMatchObject({
      code: "CONNECT",
      message: expect.stringContaining("ECONNREFUSED") as string,
    });
  });

  test.each([
    ["RESET", ""],
    ["RESET", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"],
    ["BAD_RESPONSE", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["TOO_LARGE", `HTTP/1.1 200 OK\r\nx: ${"y".repeat(70_000)}\r\n\r\n`],
  ])("%s", async (code, answer) => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(answer));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await using outbound = toLoopback();
    const url = `http://receiver.test:${port}/`;
    await expect(outbound.request({ method: "POST", url, body: "x" })).rejects.toMatchObject({
      code,
    });
    server.close();
  });

  test("BAD_URL for a port of another protocol", async () => {
    await using outbound = toLoopback();
    await expect(
      outbound.request({ method: "GET", url: "http://receiver.test:25/" }),
    ).rejects.toMatchObject({ code: "BAD_URL" });
  });

  test("TLS, unless the certificate is trusted and made for that name", async () => {
    await using receiver = await startReceiver(undefined, "https");
    await using outbound = toLoopback();
    const get = (host: string) =>
      outbound.request({ method: "GET", url: `https://${host}:${receiver.port}/` });
    await expect(get("receiver.test")).rejects.toMatchObject({ code: "TLS" });
    setDefaultCACertificates([CERTIFICATE]);
    await expect(get("other.test")).rejects.toMatchObject({ code: "TLS" });
    await expect(get("127.0.0.1")).rejects.toMatchObject({ code: "TLS" });
    expect((await get("receiver.test")).status).toBe(200);
  });
});
