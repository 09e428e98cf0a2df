import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sseBody, sseMessage } from "./sse.ts";

/** Ends only when told to, like a log without news. */
function quiet(first: readonly string[] = []) {
  const items = [...first];
  const end = Promise.withResolvers<IteratorReturnResult<undefined>>();
  let asked = 0;
  let returned = 0;
  return {
    counts: () => ({ asked, returned }),
    async next(): Promise<IteratorResult<string, undefined>> {
      asked += 1;
      const value = items.shift();
      return value === undefined ? end.promise : { value, done: false };
    },
    async return() {
      returned += 1;
      end.resolve({ value: undefined, done: true });
      return { value: undefined, done: true } as const;
    },
  };
}

const failure = (error: unknown) => `failed: ${(error as Error).message}`;

function textOf(chunk: { readonly value?: Uint8Array | undefined }): string {
  return new TextDecoder().decode(chunk.value);
}

test("a message carries any data on one line and ends with an empty one", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const data: unknown = JSON.parse(json);
      const lines = sseMessage({ id: "c", event: "message.received", data }).split("\n");
      expect(lines.slice(0, 2)).toEqual(["id: c", "event: message.received"]);
      expect(lines.slice(3)).toEqual(["", ""]);
      expect(JSON.parse(lines[2]?.slice("data: ".length) ?? "")).toEqual(
        JSON.parse(JSON.stringify(data)),
      );
    }),
  );
});

test("a position is an id alone, which moves the reader's cursor and is seen by nobody", () => {
  expect(sseMessage({ id: "c" })).toBe("id: c\n\n");
});

test("something is sent at once, then the messages in order", async () => {
  const body = sseBody(quiet(["a\n\n", "b\n\n"]), { failure });
  const reader = body.getReader();
  expect(textOf(await reader.read())).toBe(":\n\n");
  expect(textOf(await reader.read())).toBe("a\n\n");
  expect(textOf(await reader.read())).toBe("b\n\n");
  await reader.cancel();
});

test("no message is asked for before there is room for it", async () => {
  const source = quiet(["a", "b", "c"]);
  const body = sseBody(source, { failure });
  await new Promise(setImmediate);
  expect(source.counts().asked).toBe(0);
  await body.cancel();
});

test("a silent stream gets comments", async () => {
  const reader = sseBody(quiet(), { failure, heartbeatMs: 5 }).getReader();
  await reader.read();
  expect(textOf(await reader.read())).toBe(":\n\n");
  expect(textOf(await reader.read())).toBe(":\n\n");
  await reader.cancel();
});

test("whoever stops reading ends the source, once", async () => {
  const source = quiet();
  const reader = sseBody(source, { failure }).getReader();
  await reader.read();
  void reader.read();
  await reader.cancel();
  expect(source.counts().returned).toBe(1);
});

test("a caller that is gone ends the source while it waits", async () => {
  const source = quiet();
  const gone = new AbortController();
  const reader = sseBody(source, { failure, signal: gone.signal }).getReader();
  await reader.read();
  const last = reader.read();
  gone.abort();
  expect((await last).done).toBe(true);
  expect(source.counts().returned).toBe(1);
});

test("a source that fails says so in a last message, and is left alone", async () => {
  const broken = {
    next: () => Promise.reject(new Error("expired")),
  };
  const reader = sseBody(broken, { failure }).getReader();
  await reader.read();
  expect(textOf(await reader.read())).toBe("failed: expired");
  expect((await reader.read()).done).toBe(true);
});
