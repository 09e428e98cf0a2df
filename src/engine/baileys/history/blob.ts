import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflate } from "node:zlib";
import { asError, GatewayError } from "../../../domain/errors.ts";
import type { proto } from "../library.ts";
import { downloadPart } from "../media/download.ts";
import type { MediaNetwork } from "../media/network.ts";

/** A year of a busy account is a tenth of this; more is no history but an attack. In bytes. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** What a phone has sealed of its history, unpacked as it comes. @throws GatewayError as `Engine.download` */
export async function* unpacked(
  notification: proto.Message.IHistorySyncNotification,
  network: MediaNetwork,
  proxy: string | null,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const { initialHistBootstrapInlinePayload: inline } = notification;
  const packed = inline?.length
    ? [inline]
    : downloadPart(notification, "md-msg-hist", network, signal, proxy);
  const inflate = createInflate();
  // What fails on the way ends the inflation, which is read here.
  const done = pipeline(Readable.from(packed), inflate, { signal }).catch((error: unknown) => {
    inflate.destroy(asError(error));
  });
  let size = 0;
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > MAX_BYTES) throw new GatewayError("MEDIA_INVALID", "The history is too large.");
      yield piece;
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    if (signal.aborted) {
      throw new GatewayError("MEDIA_UNREACHABLE", "The history took too long.", {}, error);
    }
    throw new GatewayError("MEDIA_INVALID", "The history cannot be unpacked.", {}, error);
  } finally {
    inflate.destroy();
    await done;
  }
}
