import { z } from "zod";

/** Comma-separated in a query string, or the parameter again and again. */
export const list = z.string().transform((text) => text.split(",").filter((item) => item !== ""));

/** Forms know texts only. */
export const flag = z.union([
  z.boolean(),
  z.enum(["true", "false"]).transform((text) => text === "true"),
]);

/** A file of a form, known by its shape: the server's class of it need not be this realm's. */
export const file = z
  .custom<File>(
    (value) => typeof value === "object" && value !== null && "stream" in value,
    "Is the part of a multipart form",
  )
  .meta({ type: "string", format: "binary" });

export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .meta({ description: "How many: 50 if left out." });

const headers = z.record(z.string(), z.string());

type Headers = z.infer<typeof headers>;

const events = z.array(z.string());

const ordering = z.enum(["PER_CHAT", "NONE"]);

const chatKinds = z.array(z.enum(["DIRECT", "GROUP", "CHANNEL", "STATUS"]));

const direction = z.enum(["INBOUND", "OUTBOUND"]);

export const newWebhook = z.strictObject({
  url: z.string(),
  description: z.string().nullish(),
  events: events.optional(),
  chatKinds: chatKinds.nullish(),
  direction: direction.nullish(),
  headers: headers.optional(),
  ordering: ordering.optional(),
  retryDelaysMs: z.array(z.int()).nullish(),
  inlineMedia: z.boolean().optional(),
  enabled: z.boolean().optional(),
});

type NewWebhook = z.infer<typeof newWebhook>;

/** A URL says all that most webhooks need. */
export const webhookOrUrl = z.union(
  [z.string().transform((url): NewWebhook => ({ url })), newWebhook],
  "Is a URL, or an object with a `url`",
);

export const changedWebhook = newWebhook.partial();

/** GraphQL has no maps: headers are a list of names and values there. */
export function webhookInput<T extends { readonly headers?: Headers | undefined }>(input: T) {
  const { headers: record, ...rest } = input;
  const pairs = record && Object.entries(record).map(([name, value]) => ({ name, value }));
  return { ...rest, headers: pairs };
}
