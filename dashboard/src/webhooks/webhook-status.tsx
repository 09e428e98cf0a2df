import type { WebhookCardFragment } from "../api/generated/operations.ts";
import { Badge } from "../ui/badge.tsx";
import { useWords } from "../words/words.ts";

/** Whether it works, in one word. */
export function WebhookStatus({ webhook }: { readonly webhook: WebhookCardFragment }) {
  const words = useWords().webhooks;
  if (webhook.disabledReason !== null) return <Badge tone="bad">{words.disabled}</Badge>;
  if (!webhook.enabled) return <Badge tone="calm">{words.paused}</Badge>;
  if (webhook.failingSince !== null) return <Badge tone="bad">{words.failing}</Badge>;
  return <Badge tone="good">{words.working}</Badge>;
}
