import { instanceNotFound } from "../domain/errors.ts";
import type { Answer } from "./answer.ts";
import { errorBody } from "./answer.ts";

/** What a query answers with null is a 404 here, in the words that a mutation has for it. */
export function noInstance(id: string): Answer {
  const { code, message, details } = instanceNotFound(id);
  return { status: 404, body: errorBody(code, message, details) };
}

export function noWebhook(id: string): Answer {
  const message = `There is no webhook "${id}". List the webhooks to see their ids.`;
  return { status: 404, body: errorBody("WEBHOOK_NOT_FOUND", message) };
}

export function noDelivery(id: string): Answer {
  const message = `There is no delivery "${id}": it never was, or is gone with its event.`;
  return { status: 404, body: errorBody("DELIVERY_NOT_FOUND", message, { deliveryId: id }) };
}

export function noKey(id: string): Answer {
  const message = `There is no API key "${id}".`;
  return { status: 404, body: errorBody("KEY_NOT_FOUND", message, { keyId: id }) };
}

export function noChat(instanceId: string, chatId: string): Answer {
  const message = `The instance "${instanceId}" knows no chat "${chatId}". List its chats to see their ids.`;
  return { status: 404, body: errorBody("CHAT_NOT_FOUND", message, { instanceId, chatId }) };
}

export function noBatch(id: string): Answer {
  const message = `There is no batch "${id}". List those of the instance.`;
  return { status: 404, body: errorBody("BATCH_NOT_FOUND", message, { batchId: id }) };
}
