import { SenderType } from "../address.ts";
import { builder } from "../builder.ts";
import type { Logged } from "./event.ts";
import { EVENT_TYPE_NAMES, EventInterface } from "./event.ts";
import { aboutMessage } from "./event-target.ts";

const PinnedEvent = builder.objectRef<Logged<"message.pinned">>(EVENT_TYPE_NAMES["message.pinned"]);
PinnedEvent.implement({
  interfaces: [EventInterface],
  description: "A message was pinned in its chat for everybody, or unpinned.",
  fields: (t) => ({
    sender: t.field({
      type: SenderType,
      description: "Who did it.",
      resolve: ({ event }) => event.sender,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
    pinnedUntil: t.field({
      type: "DateTime",
      nullable: true,
      description: "Until when it is pinned. Null if it was unpinned.",
      resolve: ({ event }) => event.pinnedUntil,
    }),
  }),
});
aboutMessage(PinnedEvent);

const KeptEvent = builder.objectRef<Logged<"message.kept">>(EVENT_TYPE_NAMES["message.kept"]);
KeptEvent.implement({
  interfaces: [EventInterface],
  description: "A message that would disappear was kept in its chat, or is not kept any more.",
  fields: (t) => ({
    sender: t.field({
      type: SenderType,
      description: "Who did it.",
      resolve: ({ event }) => event.sender,
    }),
    fromMe: t.boolean({
      description: "Whether the account itself did it.",
      resolve: ({ event }) => event.fromMe,
    }),
    isKept: t.boolean({
      description: "Whether it stays. If not, it disappears after all.",
      resolve: ({ event }) => event.isKept,
    }),
  }),
});
aboutMessage(KeptEvent);
