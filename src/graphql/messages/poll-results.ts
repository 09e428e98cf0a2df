import type { Sender } from "../../domain/message.ts";
import type { Vote } from "../../messages/messages.ts";
import { SenderType } from "../address.ts";
import { batched } from "../batch.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { detailsOf, PollMessage } from "./message-kinds.ts";

interface PollResult {
  readonly option: string;
  readonly voters: readonly Sender[];
}

const PollResultType = builder.objectRef<PollResult>("PollResult").implement({
  description: "How an answer of a poll fares.",
  fields: (t) => ({
    option: t.exposeString("option", { description: "The answer." }),
    count: t.int({
      description: "How many have chosen it.",
      resolve: ({ voters }) => voters.length,
    }),
    voters: t.expose("voters", {
      type: [SenderType],
      description: "Who they are, in the order in which they voted.",
    }),
  }),
});

const votesOf = batched<Context, string, readonly Vote[]>(({ messages }, uids) =>
  messages.votes(uids),
);

builder.objectField(PollMessage, "results", (t) =>
  t.field({
    type: [PollResultType],
    description:
      "The answers with those who have chosen them, in the order of the poll. Nobody has yet inside events.",
    resolve: async (message, _, context): Promise<PollResult[]> => {
      const votes = (message.uid && (await votesOf(context, message.uid))) || [];
      const { options } = detailsOf(message, "POLL").poll;
      return options.map((option) => ({
        option,
        voters: votes.filter((vote) => vote.options.includes(option)).map(({ voter }) => voter),
      }));
    },
  }),
);
