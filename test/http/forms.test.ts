import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "../support/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const BOUNDARY = "b";

/** A form of so many empty parts. */
function formOf(parts: number): string {
  const part = (index: number) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${index}"\r\n\r\n\r\n`;
  return `${Array.from({ length: parts }, (_, index) => part(index)).join("")}--${BOUNDARY}--\r\n`;
}

test.each(["/graphql", "/instances/a/sendFile"])(
  "a form of a hundred thousand parts at %s is refused",
  async (path) => {
    const reply = await fetch(`${gateway.url}${path}`, {
      method: "POST",
      headers: {
        "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
        "graphql-require-preflight": "1",
      },
      body: formOf(100_000),
    });
    expect(reply.status).toBe(400);
    const text = await reply.text();
    expect(text).toContain("Fields limit exceeded: 16");
  },
);
