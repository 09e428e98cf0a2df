import { mayBecome, type MessageStatus } from "../../src/domain/message.ts";
import type { Check, Evidence, Violation } from "../evidence.ts";
import { groupBy } from "../evidence.ts";
import type { Send } from "../history.ts";

/** Every key is one message on each phone, whoever was told what; and no message goes back. */
export const checkSends: Check = (evidence) => {
  const { history, phones, sent } = evidence;
  const violations: Violation[] = [];
  const shown = new Map(
    Array.from(phones, ([phone, messages]) => [phone, groupBy(messages, ({ text }) => text ?? "")]),
  );
  const rows = groupBy(sent, ({ text }) => text ?? "");
  const events = sentEvents(evidence);
  let missing = 0;

  for (const send of history.sends) {
    const wrong = (law: string, what: string) => violations.push({ law, what, slice: send });
    const ids = messageIds(send);
    const row = rows.get(send.text)?.[0];
    for (const { kind, ...answer } of send.answers) {
      if (kind === "refused") wrong("a good send is taken", JSON.stringify(answer));
    }
    if (ids.size > 1)
      wrong("one key is one message", `${send.key} was answered ${[...ids].join()}`);
    if (ids.size === 0 && row === undefined) continue;
    const copies = send.phones.map((phone) => shown.get(phone)?.get(send.text)?.length ?? 0);
    if (copies.some((count) => count !== 1)) {
      if (copies.includes(0)) missing += 1;
      wrong("one key is one message", `${send.text} was shown ${copies.join("+")} times`);
    }
    if (rows.get(send.text)?.length !== 1) wrong("one key is one message", "several rows");
    const [id = row?.id ?? ""] = ids;
    if (row?.id !== id) wrong("what was acknowledged is stored", `${id} is not the row's id`);
    if (events.get(id) !== 1) wrong("one message.sent each", `${id} has ${events.get(id) ?? 0}`);
  }
  const attempts = history.sends.reduce((sum, { answers }) => sum + answers.length, 0);
  const backwards = movesBack(evidence);
  const counts = { sends: history.sends.length, sendAttempts: attempts, sendsMissing: missing };
  return { counts, violations: [...violations, ...backwards] };
};

function messageIds({ answers }: Send): ReadonlySet<string> {
  return new Set(answers.flatMap((answer) => (answer.kind === "taken" ? [answer.messageId] : [])));
}

function sentEvents({ log }: Evidence): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type, data } of log) {
    if (type !== "message.sent") continue;
    const { id } = (JSON.parse(data) as { readonly message: { readonly id: string } }).message;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

interface StatusData {
  readonly messageId: string;
  readonly status: MessageStatus;
  readonly previous: MessageStatus;
  /** In groups: whose receipt it was. */
  readonly participant: { readonly id: string } | null;
}

/** The states that the log tells of each message, each after the ones before it. */
function movesBack({ log }: Evidence): readonly Violation[] {
  const reached = new Map<string, MessageStatus>();
  const law = "a state never goes back";
  return log.flatMap((row) => {
    if (row.type !== "message.status") return [];
    const { messageId, status, previous, participant } = JSON.parse(row.data) as StatusData;
    const name = `${messageId} ${participant?.id ?? ""}`;
    const before = reached.get(name) ?? previous;
    reached.set(name, status);
    if (mayBecome(before, status)) return [];
    return [{ law, what: `${messageId} went from ${before} to ${status}`, slice: row }];
  });
}
