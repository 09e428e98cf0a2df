import { idempotencyKey } from "./sent.ts";
import { z } from "zod";

/** What every send may say. */
export const sendFields = { to: z.string(), scheduledAt: z.string().optional() };

/** A body says what GraphQL's input does, but for what stands in the path and the headers. */
export function sendInput<Body extends object>(instanceId: string, body: Body, headers: Headers) {
  return { ...body, instanceId, idempotencyKey: idempotencyKey(headers) };
}
