import type { Check, Violation } from "../evidence.ts";

/** Whatever somebody has seen is in the log, at its place; and the log itself has no holes. */
export const checkLog: Check = ({ history, log, integrity, unfinished }) => {
  const violations: Violation[] = [];
  const places = new Map(log.map(({ position, id }) => [position, id]));
  const [first] = log;
  log.forEach(({ position }, at) => {
    if (first && position === first.position + at) return;
    violations.push({
      law: "positions are dense",
      what: `position ${position} comes as number ${at}`,
    });
  });

  let acknowledged = 0;
  let lost = 0;
  const { subscriptions, pages, deliveries } = history;
  const witnesses = [
    ...subscriptions.map(({ name, seen }) => ({ name, seen })),
    { name: "the reader of pages", seen: pages },
    { name: "the webhook receiver", seen: deliveries },
  ];
  for (const { name, seen } of witnesses) {
    for (const { position, id } of seen) {
      acknowledged += 1;
      const kept = places.get(position);
      if (kept === id || position < (first?.position ?? 0)) continue;
      lost += 1;
      const what = `${name} saw ${id} at ${position}, where there is ${kept ?? "nothing"}`;
      violations.push({ law: "what was seen is in the log", what });
    }
  }
  if (integrity !== "ok") violations.push({ law: "the database is intact", what: integrity });
  if (Object.keys(unfinished).length > 0) {
    const what = `left over: ${JSON.stringify(unfinished)}`;
    violations.push({ law: "everything comes to its end", what });
  }
  return { counts: { events: log.length, eventsSeen: acknowledged, eventsLost: lost }, violations };
};
