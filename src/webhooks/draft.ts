import { CHAT_KINDS } from "../domain/chat.ts";
import { GatewayError } from "../domain/errors.ts";
import { isEventPattern } from "../domain/event.ts";
import { OutboundError } from "../outbound/errors.ts";
import { checkHeaders } from "./custom-headers.ts";
import { DIRECTIONS, ORDERINGS } from "./webhooks.ts";
import type { WebhookDraft, WebhookInput } from "./webhooks.ts";

/** More than there are event types and families of them, so that nothing sensible is refused. */
const MAX_EVENTS = 50;

const MAX_DESCRIPTION = 500;

/** Twice the usual number of tries; each is a row that is kept. */
const MAX_RETRIES = 20;

/** In milliseconds: a second, so that nobody can make the gateway hammer an address, and a day. */
const RETRY_DELAY = { min: 1_000, max: 86_400_000 };

/** Refuses addresses that may not be called, as far as their text tells. Throws an OutboundError. */
export type JudgeUrl = (url: string) => unknown;

/** What a webhook is made of, with all that was left out filled in. */
export function checkDraft(input: WebhookInput, judgeUrl: JudgeUrl): WebhookDraft {
  checkUrl(input.url, judgeUrl);
  return {
    url: input.url,
    description: checkDescription(input.description ?? null),
    events: checkEvents(input.events ?? ["*"]),
    chatKinds: checkChatKinds(input.chatKinds ?? null),
    direction: checkOneOf("direction", DIRECTIONS, input.direction ?? null),
    headers: checkHeaders(input.headers ?? {}),
    ordering: checkOneOf("ordering", ORDERINGS, input.ordering ?? "PER_CHAT"),
    retryDelaysMs: checkDelays(input.retryDelaysMs ?? null),
    inlineMedia: input.inlineMedia ?? false,
    enabled: input.enabled ?? true,
  };
}

function checkUrl(url: string, judgeUrl: JudgeUrl): void {
  try {
    judgeUrl(url);
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw new GatewayError("INVALID_ADDRESS", `The webhook's URL cannot be used: ${error.message}`);
  }
}

function checkDescription(text: string | null): string | null {
  if (text === null || text.length <= MAX_DESCRIPTION) return text;
  throw badInput(`A description has at most ${MAX_DESCRIPTION} characters.`);
}

function checkEvents(events: readonly string[]): readonly string[] {
  if (events.length === 0 || events.length > MAX_EVENTS) {
    throw badInput(
      `A webhook names 1 to ${MAX_EVENTS} event types; leave \`events\` out to get all.`,
    );
  }
  for (const pattern of events) {
    if (isEventPattern(pattern)) continue;
    throw badInput(
      `There is no event type "${pattern}". Use a type such as message.received, a pattern such as message.*, or *.`,
    );
  }
  return [...new Set(events)];
}

function checkChatKinds(kinds: WebhookDraft["chatKinds"]): WebhookDraft["chatKinds"] {
  if (kinds === null) return null;
  if (kinds.length === 0) throw badInput("Leave `chatKinds` out to get the events of all chats.");
  for (const kind of kinds) checkOneOf("chatKinds", CHAT_KINDS, kind);
  return [...new Set(kinds)];
}

/** Callers may come from JavaScript or JSON: their types prove nothing at run time. */
function checkOneOf<T extends string | null>(name: string, known: readonly string[], value: T): T {
  if (value === null || known.includes(value)) return value;
  throw badInput(`\`${name}\` is one of ${known.join(", ")}.`);
}

function checkDelays(delays: readonly number[] | null): readonly number[] | null {
  if (delays === null) return null;
  const { min, max } = RETRY_DELAY;
  const fine = delays.every((ms) => Number.isInteger(ms) && ms >= min && ms <= max);
  if (fine && delays.length <= MAX_RETRIES) return delays;
  throw badInput(
    `A retry schedule has at most ${MAX_RETRIES} delays, each a whole number of ${min} to ${max} milliseconds.`,
  );
}

function badInput(message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message);
}
