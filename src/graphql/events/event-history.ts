import { builder } from "../builder.ts";
import { HistoryProgressType } from "../instances/history.ts";
import { EventInterface, EVENT_TYPE_NAMES } from "./event.ts";
import type { Logged } from "./event.ts";

builder.objectRef<Logged<"history.sync">>(EVENT_TYPE_NAMES["history.sync"]).implement({
  interfaces: [EventInterface],
  description: "A part of the phone's history is stored, or could not be had.",
  fields: (t) => ({
    progress: t.field({
      type: HistoryProgressType,
      description: "What has come by now, this part included.",
      resolve: ({ event }) => event.progress,
    }),
    trouble: t.string({
      nullable: true,
      description: "Why this part is not there, for people. Null when it is.",
      resolve: ({ event }) => event.trouble,
    }),
  }),
});
