import { GatewayError } from "../domain/errors.ts";

/** Files that are read at a time. Each is a connection or an open file, and half of the descriptors belong to other work. */
const MAX_OPEN = 64;

/** 100 MiB over 3 Mbit/s (milliseconds); whoever reads more slowly holds one of few places. */
const DEADLINE_MS = 300_000;

type Bytes = AsyncGenerator<Uint8Array, void, undefined>;

/** Lets no more than so many be read at a time, and none for ever. */
export type Places = (signal: AbortSignal, read: (signal: AbortSignal) => Bytes) => Bytes;

/** @returns what throws UNAVAILABLE, while it is read, when all places are taken */
export function createPlaces(): Places {
  let open = 0;
  return async function* within(signal, read) {
    if (open >= MAX_OPEN) {
      throw new GatewayError("UNAVAILABLE", "Too many files are being fetched. Try again shortly.");
    }
    open += 1;
    try {
      yield* read(AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]));
    } finally {
      open -= 1;
    }
  };
}
