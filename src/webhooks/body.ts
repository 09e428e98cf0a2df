import type { LoggedEvent } from "../domain/event.ts";
import type { Message } from "../domain/message.ts";
import type { Attachments } from "./attachment.ts";
import { Inliner } from "./attachment.ts";
import type { DrawQr } from "./payload.ts";
import { eventPayload } from "./payload.ts";

/** What is posted. It counts as being in memory until it is disposed. */
export interface Body extends Disposable {
  readonly text: string;
}

export type MakeBody = (
  event: LoggedEvent,
  endpoint: { readonly inlineMedia: boolean },
  signal: AbortSignal,
) => Promise<Body>;

/** Makes the bodies of deliveries: anew at each attempt, so that links are fresh and nothing is stored twice. */
export function bodyMaker(parts: {
  readonly cursorAt: (position: number) => string;
  readonly drawQr: DrawQr;
  readonly attachments: Attachments;
}): MakeBody {
  const { cursorAt, drawQr, attachments } = parts;
  const inliner = new Inliner(attachments);
  return async (event, { inlineMedia }, signal) => {
    using stack = new DisposableStack();

    async function mediaOf(message: Message): Promise<object | null> {
      const { media } = message;
      if (media === null) return null;
      const linked = { ...media, url: await attachments.urlOf(message) };
      if (!inlineMedia) return linked;
      const place = stack.use(inliner.takePlace());
      return { ...linked, ...(await inliner.inline(message, place, signal)) };
    }

    const payload = await eventPayload(event, {
      cursor: cursorAt(event.position),
      drawQr,
      mediaOf,
    });
    const text = JSON.stringify(payload);
    const held = stack.move();
    return { text, [Symbol.dispose]: () => held.dispose() };
  };
}
