import { builder } from "./builder.ts";
import type { Ordering, WebhookInput } from "../webhooks/webhooks.ts";
import { OrderingType } from "./webhook.ts";

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
    headers: t.field({
      type: [HeaderInput],
      description: "Sent with every delivery, for receivers that ask for a key of their own.",
    }),
    ordering: t.field({ type: OrderingType, description: "PER_CHAT if left out." }),
    enabled: t.boolean({ description: "Whether it gets events from now on: true if left out." }),
  }),
});

export const UpdateWebhookInput = builder.inputType("UpdateWebhookInput", {
  description: "What to change of a webhook. What is left out stays.",
  fields: (t) => ({
    url: t.string({ description: "Where to POST events from now on." }),
    events: t.stringList({ description: "Replaces the event types and patterns." }),
    headers: t.field({ type: [HeaderInput], description: "Replaces all extra headers." }),
    ordering: t.field({ type: OrderingType, description: "Whether chats keep their order." }),
    enabled: t.boolean({
      description: "False pauses it; true lets it go on and clears the reason it was disabled for.",
    }),
  }),
});

interface Fields {
  readonly url?: string | null | undefined;
  readonly events?: readonly string[] | null | undefined;
  readonly headers?:
    | readonly { readonly name: string; readonly value: string }[]
    | null
    | undefined;
  readonly ordering?: Ordering | null | undefined;
  readonly enabled?: boolean | null | undefined;
}

/** The input as the webhooks take it, with only what was named. */
export function webhookInput(fields: Fields & { readonly url: string }): WebhookInput;
export function webhookInput(fields: Fields): Partial<WebhookInput>;
export function webhookInput({ headers, ...rest }: Fields): Partial<WebhookInput> {
  const named = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  const pairs = headers?.map(({ name, value }) => [name, value] as const);
  return { ...Object.fromEntries(named), ...(pairs && { headers: Object.fromEntries(pairs) }) };
}
