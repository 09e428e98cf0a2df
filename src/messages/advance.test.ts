import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { GatewayEvent } from "../domain/event.ts";
import type { InstanceId, Jid, MessageId } from "../domain/ids.ts";
import type { MessageStatus } from "../domain/message.ts";
import { hasReached, MESSAGE_STATUSES } from "../domain/message.ts";
import type { Outcome } from "./advance.ts";
import { advance, concerns } from "./advance.ts";
import type { MessageRow } from "./rows.ts";

const CHAT = "111@lid" as Jid;
const MEMBERS = ["201@lid", "202@lid"] as Jid[];

const queued: MessageRow = {
  uid: "u",
  instanceId: "me",
  id: "3EB0",
  chatId: CHAT,
  chatPn: "5511@s.whatsapp.net",
  chatLid: CHAT,
  senderId: "9@lid",
  senderPn: null,
  senderLid: "9@lid",
  senderName: null,
  fromMe: true,
  kind: "TEXT",
  text: "hello",
  timestamp: new Date(0),
  status: "QUEUED",
  quotedId: null,
  media: null,
  extras: null,
  editedAt: null,
  pinnedUntil: null,
  keptAt: null,
  deletedAt: null,
  scheduledAt: null,
  starredAt: null,
  error: null,
  change: null,
};

const ENDINGS: ReadonlySet<string | null> = new Set(["FAILED", "EXPIRED", "CANCELLED"]);
const isEnding = (status: string | null) => ENDINGS.has(status);

/** Everything that can become known of a message, in any order; `send` is the sender taking it up, also after a crash. */
type Step =
  | { readonly kind: "send" }
  | {
      readonly kind: "outcome";
      readonly status: MessageStatus;
      readonly member: number;
      readonly at: number;
    };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant({ kind: "send" } as const),
  fc.record({
    kind: fc.constant("outcome" as const),
    status: fc.constantFrom(...MESSAGE_STATUSES.filter((s) => s !== "QUEUED" && s !== "SENDING")),
    member: fc.integer({ min: -1, max: MEMBERS.length - 1 }),
    at: fc.nat(1_000_000),
  }),
);

function outcomeOf({ status, member, at }: Extract<Step, { kind: "outcome" }>): Outcome {
  const isReceipt = ["DELIVERED", "READ", "PLAYED"].includes(status);
  return {
    instanceId: "me" as InstanceId,
    epoch: 1,
    ids: ["3EB0" as MessageId],
    status,
    at: new Date(at),
    chat: isReceipt ? CHAT : null,
    participant: isReceipt ? (MEMBERS[member] ?? null) : null,
    error: status === "FAILED" ? { code: "SEND_REJECTED", message: "no", whatsappCode: 479 } : null,
  };
}

/** Plays a story; returns every state the message had and every event that was told. */
function play(steps: readonly Step[]) {
  let row: MessageRow = queued;
  const states: MessageStatus[] = ["QUEUED"];
  const events: { readonly event: GatewayEvent; readonly after: MessageStatus }[] = [];
  const members = new Map<Jid, MessageStatus>();
  for (const each of steps) {
    const before = row.status as MessageStatus;
    if (each.kind === "send") {
      // As the outbox does it: only what is still queued becomes SENDING.
      if (before === "QUEUED") row = Object.assign({}, row, { status: "SENDING" });
    } else {
      const outcome = outcomeOf(each);
      const { participant } = outcome;
      const made = advance(row, outcome, (participant && members.get(participant)) ?? null);
      if (participant && made.drafts.length > 0) members.set(participant, outcome.status);
      row = made.row;
      events.push(...made.drafts.map(({ event }) => ({ event, after: before })));
    }
    states.push(row.status as MessageStatus);
  }
  return { states, events, members };
}

const story = fc.array(step, { maxLength: 25 });

test("whatever comes in whatever order, a message never goes back and an ending is the end", () => {
  fc.assert(
    fc.property(story, (steps) => {
      const { states, events } = play(steps);
      for (const [at, state] of states.entries()) {
        const before = states[at - 1];
        if (before === undefined || before === state) continue;
        expect(isEnding(before)).toBe(false);
        expect(hasReached(state, before)).toBe(true);
        if (state === "CANCELLED" || state === "EXPIRED") expect(before).toBe("QUEUED");
        if (state === "FAILED") expect(hasReached(before, "SERVER_ACK")).toBe(false);
      }
      for (const { after } of events) expect(isEnding(after)).toBe(false);
    }),
    { numRuns: 5_000 },
  );
});

test("message.sent is told exactly once, first of all, and only of what the server has taken", () => {
  fc.assert(
    fc.property(story, (steps) => {
      const { states, events } = play(steps);
      const types = events.map(({ event }) => event.type);
      const isTaken = states.some((state) => !isEnding(state) && hasReached(state, "SERVER_ACK"));
      expect(types.filter((type) => type === "message.sent")).toHaveLength(isTaken ? 1 : 0);
      if (isTaken) expect(types[0]).toBe("message.sent");
      expect(types.filter((type) => type === "message.failed").length).toBe(
        states.at(-1) === "FAILED" ? 1 : 0,
      );
    }),
    { numRuns: 5_000 },
  );
});

test("each step of each member is told once, and follows the one that was told before", () => {
  fc.assert(
    fc.property(story, (steps) => {
      const { events } = play(steps);
      for (const member of MEMBERS) {
        const told = events.flatMap(({ event }) =>
          event.type === "message.status" && event.participant?.id === member ? [event] : [],
        );
        for (const [at, { previous, status }] of told.entries()) {
          expect(previous).toBe(told[at - 1]?.status ?? "SERVER_ACK");
          expect(hasReached(previous, status)).toBe(false);
        }
      }
    }),
    { numRuns: 5_000 },
  );
});

const receipt = (chat: string): Outcome => ({
  ...outcomeOf({ kind: "outcome", status: "READ", member: -1, at: 1 }),
  chat: chat as Jid,
});

test("a receipt counts only from the chat of the message, under either of its names", () => {
  expect(concerns(receipt(CHAT), queued)).toBe(true);
  expect(concerns(receipt("5511@s.whatsapp.net"), queued)).toBe(true);
  expect(concerns(receipt("999@lid"), queued)).toBe(false);
});
