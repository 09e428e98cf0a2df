import { expect, test } from "vitest";
import { GatewayError } from "../domain/errors.ts";
import type { ErrorCode } from "../domain/errors.ts";
import type { Message } from "../domain/message.ts";
import { Inliner } from "./attachment.ts";

const CASES: readonly (readonly [ErrorCode, string])[] = [
  ["UNAVAILABLE", "BUSY"],
  ["MEDIA_INVALID", "INVALID"],
  ["MEDIA_UNREACHABLE", "UNREACHABLE"],
];

test.each(CASES)(
  "an attachment whose reading ends with %s is left out as %s",
  async (code, reason) => {
    const inliner = new Inliner({
      urlOf: () => Promise.resolve(null),
      // eslint-disable-next-line require-yield
      async *read() {
        throw new GatewayError(code, "no");
      },
    });
    using place = inliner.takePlace();
    const { signal } = new AbortController();
    const message = { media: { size: 9 } } as Message;
    expect(await inliner.inline(message, place, signal)).toEqual({ omitted: { reason, size: 9 } });
  },
);
