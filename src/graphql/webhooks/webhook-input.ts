import { builder } from "../builder.ts";
import type { ChatKind } from "../../domain/chat.ts";
import type { Direction, Ordering, WebhookInput } from "../../webhooks/webhooks.ts";
import { ChatKindType } from "../chats/chat-kind.ts";
import { DirectionType, OrderingType } from "./webhook.ts";

const HeaderInput = builder.inputType("HeaderInput", {
  description: "An HTTP header.",
  fields: (t) => ({
    name: t.string({ required: true, description: "Such as `X-Tenant`." }),
    value: t.string({ required: true, description: "Kept encrypted and never shown again." }),
  }),
});

export const CreateWebhookInput = builder.inputType("CreateWebhookInput", {
  description: "A new webhook.",
  fields: (t) => ({
    url: t.string({
      required: true,
      description: "Where to POST events: http or https, without user and password in it.",
    }),
    events: t.stringList({
      description: "Event types and patterns such as `message.*`. All events if left out.",
    }),
    chatKinds: t.field({
      type: [ChatKindType],
      description: "Of events that belong to a chat only those of such chats. All if left out.",
    }),
    direction: t.field({
      type: DirectionType,
      description: "Of message events only those that go this way. Both if left out.",
    }),
    headers: t.field({
      type: [HeaderInput],
      description: "Sent with every delivery, for receivers that ask for a key of their own.",
    }),
    ordering: t.field({ type: OrderingType, description: "PER_CHAT if left out." }),
    retryDelaysMs: t.intList({
      description: "Milliseconds from each try to the next. Ten tries over three days if left out.",
    }),
    inlineMedia: t.boolean({
      description:
        "Whether attachments of up to 1 MiB travel inside the deliveries, as base64: false if left out.",
    }),
    enabled: t.boolean({ description: "Whether it gets events from now on: true if left out." }),
    description: t.string({ description: "A note for people." }),
  }),
});

export const UpdateWebhookInput = builder.inputType("UpdateWebhookInput", {
  description: "What to change of a webhook. What is left out stays.",
  fields: (t) => ({
    url: t.string({ description: "Where to POST events from now on." }),
    events: t.stringList({ description: "Replaces the event types and patterns." }),
    chatKinds: t.field({ type: [ChatKindType], description: "Replaces them; null: all chats." }),
    direction: t.field({ type: DirectionType, description: "Replaces it; null: both ways." }),
    headers: t.field({ type: [HeaderInput], description: "Replaces all extra headers." }),
    ordering: t.field({ type: OrderingType, description: "Whether chats keep their order." }),
    enabled: t.boolean({
      description: "False pauses it; true lets it go on and clears the reason it was disabled for.",
    }),
    inlineMedia: t.boolean({
      description: "Whether attachments of up to 1 MiB travel inside the deliveries.",
    }),
    retryDelaysMs: t.intList({ description: "Replaces the schedule; null: the usual one." }),
    description: t.string({ description: "Replaces the note; null takes it away." }),
  }),
});

/** In these null says something: no note, no narrowing, the usual schedule. */
interface Clearable {
  readonly description?: string | null | undefined;
  readonly chatKinds?: readonly ChatKind[] | null | undefined;
  readonly direction?: Direction | null | undefined;
  readonly retryDelaysMs?: readonly number[] | null | undefined;
}

interface Fields extends Clearable {
  readonly url?: string | null | undefined;
  readonly events?: readonly string[] | null | undefined;
  readonly headers?:
    | readonly { readonly name: string; readonly value: string }[]
    | null
    | undefined;
  readonly ordering?: Ordering | null | undefined;
  readonly inlineMedia?: boolean | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

/** The input as the webhooks take it, with only what was named; a null that says nothing counts as left out. */
export function webhookInput(fields: Fields & { readonly url: string }): WebhookInput;
export function webhookInput(fields: Fields): Partial<WebhookInput>;
export function webhookInput(fields: Fields): Partial<WebhookInput> {
  const { description, chatKinds, direction, retryDelaysMs, headers, ...rest } = fields;
  const clearable: Clearable = { description, chatKinds, direction, retryDelaysMs };
  const pairs = headers?.map(({ name, value }) => [name, value] as const);
  return {
    ...without(undefined, clearable),
    ...without(undefined, without(null, rest)),
    ...(pairs && { headers: Object.fromEntries(pairs) }),
  };
}

function without(unwanted: null | undefined, fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== unwanted));
}
