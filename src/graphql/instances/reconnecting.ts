import type { Reconnecting } from "../../domain/instance.ts";
import { builder } from "../builder.ts";

export const ReconnectingType = builder.objectRef<Reconnecting>("Reconnecting").implement({
  description: "Where attempts to reconnect stand.",
  fields: (t) => ({
    failures: t.exposeInt("failures", {
      description: "Attempts that failed since the connection was last stable for two minutes.",
    }),
    nextAttemptAt: t.expose("nextAttemptAt", {
      type: "DateTime",
      nullable: true,
      description: "When the next attempt is made.",
    }),
    isLooping: t.exposeBoolean("isLooping", {
      description:
        "So many failed in a row that attempts are far apart now: look at `lastDisconnect`.",
    }),
  }),
});
