import type { HistoryPhase, HistoryProgress } from "../../domain/history.ts";
import { builder } from "../builder.ts";
import { described } from "../enum.ts";

const HistoryPhaseType = builder.enumType("HistoryPhase", {
  description: "Which part of its history a phone hands over.",
  values: described<HistoryPhase>({
    INITIAL: "The newest of every chat, right after it was linked.",
    RECENT: "The last weeks.",
    FULL: "All there is.",
    ON_DEMAND: "What was asked for.",
    NAMES: "What people call themselves.",
  }),
});

export const HistoryProgressType = builder.objectRef<HistoryProgress>("HistoryProgress").implement({
  description:
    "What has come of a phone's history. Its messages are stored, and no events tell of them.",
  fields: (t) => ({
    phase: t.expose("phase", {
      type: HistoryPhaseType,
      description: "Which part came last.",
    }),
    percent: t.exposeInt("percent", {
      nullable: true,
      description: "From 0 to 100, as the phone says it. Null where it does not.",
    }),
    chats: t.exposeInt("chats", { description: "Chats that were not known before." }),
    contacts: t.exposeInt("contacts", { description: "People who were not known before." }),
    messages: t.exposeInt("messages", { description: "Messages that were not here before." }),
  }),
});
