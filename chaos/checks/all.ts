import type { Check, Evidence, Verdict } from "../evidence.ts";
import { checkInbound } from "./inbound.ts";
import { checkLog } from "./log.ts";
import { checkSends } from "./sends.ts";
import { checkSubscriptions } from "./subscriptions.ts";
import { checkWebhooks } from "./webhooks.ts";

const CHECKS: readonly Check[] = [
  checkLog,
  checkInbound,
  checkSends,
  checkSubscriptions,
  checkWebhooks,
];

export function judge(evidence: Evidence): Verdict {
  const verdicts = CHECKS.map((check) => check(evidence));
  return {
    counts: Object.assign({}, ...verdicts.map(({ counts }) => counts)) as Verdict["counts"],
    violations: verdicts.flatMap(({ violations }) => violations),
  };
}
