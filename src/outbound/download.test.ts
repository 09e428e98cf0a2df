import { describe, expect, test } from "vitest";
import { toLoopback } from "./testing/loopback.ts";
import { startReceiver } from "./testing/receiver.ts";

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += Buffer.from(chunk).toString();
  return text;
}

describe("a download", () => {
  test("streams and names its type and length", async () => {
    await using receiver = await startReceiver((_request, response) => {
      response.writeHead(200, { "content-type": "image/png", "content-length": "6" }).end("abcdef");
    });
    await using outbound = toLoopback();
    const text = await outbound.download({
      url: `http://receiver.test:${receiver.port}/`,
      maxBytes: 6,
      to: async ({ status, contentType, contentLength, stream }) => {
        const body = await textOf(stream);
        return `${status} ${contentType} ${contentLength} ${body}`;
      },
    });
    expect(text).toBe("200 image/png 6 abcdef");
  });

  test.each([
    ["TOO_LARGE", { "content-length": "100000" }],
    ["TOO_LARGE", {}],
    ["REDIRECT", { location: "https://cdn.test/a?signature=secret" }],
    ["BAD_RESPONSE", { "content-encoding": "gzip" }],
    ["TIMEOUT", { "x-drip": "1" }],
  ])("ends with %s and drops the connection", async (code, headers) => {
    await using receiver = await startReceiver((_request, response) => {
      response.writeHead("location" in headers ? 302 : 200, headers);
      response.write(Buffer.alloc("x-drip" in headers ? 1 : 1_000));
    });
    await using outbound = toLoopback();
    const closed = receiver.nextClose();
    const call = outbound.download({
      url: `http://receiver.test:${receiver.port}/`,
      maxBytes: 500,
      deadlineMs: code === "TIMEOUT" ? 200 : 5_000,
      to: ({ stream }) => textOf(stream),
    });
    const error: unknown = await call.catch((e: unknown) => e);
    expect(error).toMatchObject({ code });
    await closed;
  });

  test("says where it was redirected to, by host only", async () => {
    await using receiver = await startReceiver((_request, response) => {
      response.writeHead(302, { location: "https://cdn.test/a?signature=secret" }).end();
    });
    await using outbound = toLoopback();
    const url = `http://receiver.test:${receiver.port}/`;
    await expect(outbound.download({ url, maxBytes: 500, to: async () => {} })).rejects.toThrow(
      /redirects to "cdn\.test";/,
    );
  });

  test("drops what its reader leaves, also when the reader fails", async () => {
    await using receiver = await startReceiver((_request, response) => {
      response.write("begun");
    });
    await using outbound = toLoopback();
    const url = `http://receiver.test:${receiver.port}/`;
    const closes = [receiver.nextClose()];
    const kept = await outbound.download({
      url,
      maxBytes: 500,
      to: async ({ stream }) => {
        for await (const chunk of stream) return Buffer.from(chunk).toString();
        return "";
      },
    });
    expect(kept).toBe("begun");
    await closes[0];
    closes.push(receiver.nextClose());
    const fault = new Error("disk full");
    await expect(
      outbound.download({ url, maxBytes: 500, to: () => Promise.reject(fault) }),
    ).rejects.toBe(fault);
    await closes[1];
  });
});
