import type { Message } from "../../src/domain/message.ts";
import type { Check, Violation } from "../evidence.ts";
import { groupBy } from "../evidence.ts";

/** Every message that reached WhatsApp for an instance is one event of it, and no event is of anything else. */
export const checkInbound: Check = ({ history, log, sent }) => {
  const received = log.filter(({ type }) => type === "message.received");
  const texts = groupBy(received, ({ instanceId, data }) => `${instanceId} ${textOf(data)}`);
  const expected = new Set(
    history.inbound.flatMap(({ text, instances }) => instances.map((id) => `${id} ${text}`)),
  );
  // What an instance sends to a group comes in at the other instances that are members.
  const own = new Set(sent.map(({ text }) => text));

  const violations: Violation[] = [];
  let lost = 0;
  for (const name of expected) {
    const events = texts.get(name) ?? [];
    if (events.length === 1) continue;
    if (events.length === 0) lost += 1;
    const what = `${name} is ${events.length} events`;
    violations.push({ law: "every inbound message is exactly one event", what, slice: events });
  }
  for (const [name, events] of texts) {
    const [instance, text] = name.split(" ");
    if (expected.has(name)) continue;
    if (own.has(text ?? null) && events.length === 1) continue;
    const what = `${instance} received ${text}, which nobody wrote (or it received it ${events.length} times)`;
    violations.push({ law: "no event without a cause", what, slice: events });
  }
  for (const row of log) {
    const isFailure = row.type === "message.undecryptable" || row.type === "message.failed";
    if (!isFailure) continue;
    violations.push({
      law: "no event without a cause",
      what: `${row.type} without a fault`,
      slice: row,
    });
  }
  return { counts: { inbound: expected.size, inboundLost: lost }, violations };
};

function textOf(data: string): string | null {
  return (JSON.parse(data) as { readonly message: Pick<Message, "text"> }).message.text;
}
