import type { Answer, Send } from "./history.ts";

/** Longer than the gateway keeps a caller waiting for WhatsApp's ack (milliseconds). */
const PATIENCE_MS = 25_000;

const SEND_TEXT = `mutation ($input: SendTextInput!) {
  sendText(input: $input) { __typename ... on Message { id status } ... on Error { code message } }
}`;

interface Reply<T> {
  readonly status: number;
  readonly body: T;
}

/** A JSON call; undefined when nobody answered, or not to the end. */
async function call<T>(url: string, init: RequestInit = {}): Promise<Reply<T> | undefined> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: response.status, body: (await response.json()) as T };
  } catch {
    return undefined;
  }
}

const post = <T>(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  call<T>(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** A call that has to succeed. @throws Error with the answer */
export async function demand<T>(url: string, body?: unknown): Promise<T> {
  const reply = body === undefined ? await call<T>(url) : await post<T>(url, body);
  if (reply && reply.status < 300) return reply.body;
  throw new Error(`${url} answered ${JSON.stringify(reply)}`);
}

export async function sendByRest(url: string, send: Send): Promise<Answer> {
  const { instanceId, to, text, key } = send;
  const path = `${url}/instances/${instanceId}/sendMessage`;
  const reply = await post<{ messageId?: string; status?: string }>(
    path,
    { to, message: text },
    { "idempotency-key": key },
  );
  if (!reply) return { kind: "unanswered" };
  const { messageId, status } = reply.body;
  if (messageId !== undefined && status !== undefined) return { kind: "taken", messageId, status };
  return refusal(reply);
}

export async function sendByGraphql(url: string, send: Send): Promise<Answer> {
  const { instanceId, to, text, key } = send;
  const variables = { input: { instanceId, to, text, idempotencyKey: key } };
  const reply = await post<{ data?: { sendText: { id?: string; status?: string } } | null }>(
    `${url}/graphql`,
    { query: SEND_TEXT, variables },
  );
  if (!reply) return { kind: "unanswered" };
  const { id, status } = reply.body.data?.sendText ?? {};
  if (id !== undefined && status !== undefined) return { kind: "taken", messageId: id, status };
  return refusal(reply);
}

/** A gateway that is stopping, or whose connection is not ready, says so; the caller asks again. */
function refusal(reply: Reply<unknown>): Answer {
  const detail = JSON.stringify(reply);
  if (reply.status === 503 || detail.includes('"UNAVAILABLE"')) return { kind: "unanswered" };
  return { kind: "refused", detail };
}
