import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createOutbound } from "./outbound.ts";
import { parsePrivateTargets } from "./private-targets.ts";
import { loopback, toLoopback } from "./testing/loopback.ts";
import { startReceiver } from "./testing/receiver.ts";

describe("a request", () => {
  test("carries what it was given, once, to the host it was given", async () => {
    let seen = "";
    await using receiver = await startReceiver((request, response) => {
      const { host, authorization, "x-a": a, "accept-encoding": encoding } = request.headers;
      seen = [request.method, request.url, host, authorization, a, encoding, ""].join(" ");
      request.on("data", (chunk: Buffer) => {
        seen += chunk.toString();
      });
      request.on("end", () => response.writeHead(503, { "Retry-After": "7" }).end("später"));
    });
    await using outbound = toLoopback();
    const reply = await outbound.request({
      method: "POST",
      url: `http://receiver.test:${receiver.port}/p?q=1`,
      headers: {
        authorization: "Bearer x",
        "X-A": "b",
        Host: "evil.test",
        "accept-encoding": "br",
      },
      body: "ü",
    });
    expect(seen).toBe(`POST /p?q=1 receiver.test:${receiver.port} Bearer x b identity ü`);
    expect(reply.status).toBe(503);
    expect(reply.headers.get("retry-after")).toBe("7");
    expect(Buffer.from(reply.body).toString()).toBe("später");
    expect(reply.truncated).toBe(false);
  });

  test("measures each part, and nothing for a connection that was open already", async () => {
    await using receiver = await startReceiver((_request, response) => {
      setTimeout(() => {
        response.write("a");
        setTimeout(() => response.end("b"), 20);
      }, 20);
    });
    const privateTargets = parsePrivateTargets(["receiver.test"]);
    await using outbound = createOutbound({
      privateTargets,
      resolve: async () => {
        await new Promise((done) => setTimeout(done, 20));
        return [loopback];
      },
    });
    const url = `http://receiver.test:${receiver.port}/`;
    const first = (await outbound.request({ method: "GET", url })).timings;
    expect(first.dnsMs).toBeGreaterThan(15);
    expect(first.connectMs).toBeGreaterThan(0);
    expect(first.firstByteMs).toBeGreaterThan(first.dnsMs + first.connectMs + 15);
    expect(first.totalMs).toBeGreaterThan(first.firstByteMs + 10);
    // The connection is handed back a turn after the answer is complete.
    await new Promise((done) => setTimeout(done, 10));
    const second = (await outbound.request({ method: "GET", url })).timings;
    expect(second).toMatchObject({ dnsMs: 0, connectMs: 0 });
    expect(receiver.connections).toBe(1);
  });

  test.each([301, 302, 303, 307, 308, 401, 407, 421, 500])(
    "returns %i as it is and sends nothing again",
    async (status) => {
      let requests = 0;
      await using trap = await startReceiver();
      await using receiver = await startReceiver((_request, response) => {
        requests += 1;
        response.writeHead(status, { location: `http://trap.test:${trap.port}/` }).end("no");
      });
      await using outbound = toLoopback();
      const url = `http://receiver.test:${receiver.port}/`;
      const reply = await outbound.request({ method: "POST", url, body: "{}" });
      expect([reply.status, requests, trap.connections]).toEqual([status, 1, 0]);
    },
  );

  test("never inflates", async () => {
    const packed = gzipSync(Buffer.alloc(1_000_000));
    await using receiver = await startReceiver((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    });
    await using outbound = toLoopback();
    const url = `http://receiver.test:${receiver.port}/`;
    const reply = await outbound.request({ method: "GET", url });
    expect(Buffer.compare(reply.body, packed)).toBe(0);
    expect(reply.headers.get("content-encoding")).toBe("gzip");
  });

  test("cuts a huge answer off and keeps its beginning", async () => {
    let sent = 0;
    await using receiver = await startReceiver((_request, response) => {
      const chunk = Buffer.alloc(65_536, "x");
      const pump = (): void => {
        while (sent < 500e6 && !response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on("drain", pump);
      pump();
    });
    await using outbound = toLoopback();
    const closed = receiver.nextClose();
    const reply = await outbound.request({
      method: "GET",
      url: `http://receiver.test:${receiver.port}/`,
      keepBytes: 1_000,
    });
    expect(reply.body.length).toBe(1_000);
    expect(reply.truncated).toBe(true);
    await closed;
    // What fits into the buffers of two sockets, not the half gigabyte.
    expect(sent).toBeLessThan(50e6);
  });

  test("does not wait for the end of an answer beyond the 64 KiB that it reads", async () => {
    await using receiver = await startReceiver((_request, response) => {
      response.write(Buffer.alloc(66_000, "x"));
    });
    await using outbound = toLoopback();
    const url = `http://receiver.test:${receiver.port}/`;
    const reply = await outbound.request({ method: "GET", url, deadlineMs: 2_000 });
    expect(reply).toMatchObject({ status: 200, truncated: true });
    expect(reply.body.length).toBe(16_384);
  });
});

test("sockets are capped, and the rest wait their turn", async () => {
  let open = 0;
  let most = 0;
  await using receiver = await startReceiver((_request, response) => {
    open += 1;
    most = Math.max(most, open);
    setTimeout(() => {
      open -= 1;
      response.writeHead(200, { connection: "close" }).end();
    }, 5);
  });
  const privateTargets = parsePrivateTargets(["receiver.test"]);
  await using outbound = createOutbound({
    privateTargets,
    resolve: async () => [loopback],
    maxSockets: 3,
  });
  const url = `http://receiver.test:${receiver.port}/`;
  const call = () => outbound.request({ method: "GET", url });
  const replies = await Promise.all(Array.from({ length: 20 }, call));
  expect(replies.every(({ status }) => status === 200)).toBe(true);
  expect(most).toBe(3);
});

test("closing ends what runs, can be done twice at once, and stays", async () => {
  await using receiver = await startReceiver(() => {});
  const outbound = toLoopback();
  const url = `http://receiver.test:${receiver.port}/`;
  const running = outbound.request({ method: "GET", url }).catch((error: unknown) => error);
  await expect.poll(() => receiver.connections).toBe(1);
  const closed = receiver.nextClose();
  await Promise.all([outbound[Symbol.asyncDispose](), outbound[Symbol.asyncDispose]()]);
  expect(await running).toMatchObject({ code: "CLOSED" });
  await closed;
  await expect(outbound.request({ method: "GET", url })).rejects.toMatchObject({ code: "CLOSED" });
});
