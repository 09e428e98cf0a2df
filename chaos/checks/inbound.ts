import type { Message } from "../../src/domain/message.ts";
import type { Check, Violation } from "../evidence.ts";
import { groupBy } from "../evidence.ts";

/** Every message that reached WhatsApp for an instance is one event of it, and no event is of anything else. */
export const checkInbound: Check = ({ history, log, sent }) => {
  const received = log.filter(({ type }) => type === "message.received");
  const texts = groupBy(received, ({ instanceId, data }) => `${instanceId} ${textOf(data)}`);
  const expected = new Map(
    history.inbound.flatMap((inbound) =>
      inbound.instances.map((id) => [`${id} ${inbound.text}`, inbound] as const),
    ),
  );
  // What an instance sends to a group comes in at the other instances that are members.
  const own = new Set(sent.map(({ text }) => text));

  const violations: Violation[] = [];
  let lost = 0;
  for (const [name, inbound] of expected) {
    const events = texts.get(name) ?? [];
    if (events.length === 1) continue;
    if (events.length === 0) lost += 1;
    const what = `${name} is ${events.length} events`;
    const about = log.filter(({ data }) => data.includes(inbound.id ?? inbound.text));
    const slice = { inbound, about };
    violations.push({ law: "every inbound message is exactly one event", what, slice });
  }
  const known: ReadonlySet<string> = new Set(expected.keys());
  for (const [name, events] of texts) {
    const [instance, text] = name.split(" ");
    if (known.has(name)) continue;
    if (text !== undefined && own.has(text) && events.length === 1) continue;
    const what = `${instance} received ${text}, which nobody wrote (or it received it ${events.length} times)`;
    violations.push({ law: "no event without a cause", what, slice: events });
  }
  // A message may have to be asked for again, but then it has to come.
  const unread = log.filter(({ type }) => type === "message.undecryptable");
  const read = new Set(received.map(({ instanceId, data }) => `${instanceId} ${idOf(data)}`));
  for (const row of log) {
    const isUnread =
      row.type === "message.undecryptable" && !read.has(`${row.instanceId} ${idOf(row.data)}`);
    if (!isUnread && row.type !== "message.failed") continue;
    const what = `${row.type} without a fault`;
    violations.push({ law: "no event without a cause", what, slice: row });
  }
  const counts = { inbound: expected.size, inboundLost: lost, inboundAskedAgain: unread.length };
  return { counts, violations };
};

type Told = { readonly message: Pick<Message, "id" | "text"> };

const textOf = (data: string) => (JSON.parse(data) as Told).message.text;
const idOf = (data: string) => (JSON.parse(data) as Told).message.id;
