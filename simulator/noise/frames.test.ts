import { array, assert, infiniteStream, nat, option, property, uint8Array } from "fast-check";
import { expect, test } from "vitest";
import { frame, FrameReader } from "./frames.ts";

const header = Buffer.from("WA\x06\x03", "latin1");
const bodies = array(uint8Array({ maxLength: 300 }), { maxLength: 8 });
const routing = option(uint8Array({ maxLength: 40 }), { nil: undefined });

test("frames come out as they went in, however the stream was cut", () => {
  assert(
    property(bodies, routing, infiniteStream(nat({ max: 90 })), (sent, info, cuts) => {
      const stream = Buffer.concat([prefix(info), header, ...sent.map((body) => frame(body))]);
      const reader = new FrameReader();
      const read: Buffer[] = [];
      for (let at = 0; at < stream.length;) {
        const [cut = 0] = cuts.take(1);
        const end = at + 1 + cut;
        read.push(...reader.push(stream.subarray(at, end)));
        at = end;
      }
      expect(read.map((body) => body.toString("hex"))).toEqual(
        sent.map((body) => Buffer.from(body).toString("hex")),
      );
      expect(reader.header).toEqual(header);
    }),
  );
});

test("a stream that begins otherwise is refused", () => {
  expect(() => new FrameReader().push(Buffer.from("GET / HTTP/1.1"))).toThrow("not a WhatsApp");
});

function prefix(info: Uint8Array | undefined): Buffer {
  if (info === undefined) return Buffer.alloc(0);
  return Buffer.concat([Buffer.from("ED\x00\x01", "latin1"), frame(info)]);
}
