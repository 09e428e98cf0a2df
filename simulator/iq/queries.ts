import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Companion } from "../accounts/companion.ts";
import type { Groups } from "../groups/groups.ts";
import { type BinaryNode, iqResult } from "../protocol/nodes.ts";
import { answerGroupQuery } from "./group-queries.ts";
import { answerKeyQuery, answerKeyUpload } from "./prekeys.ts";
import { answerBlocklist, answerMediaConnection, answerPrivacy, answerProps } from "./settings.ts";
import { answerUsync } from "./usync.ts";

export type AnswerQuery = (
  iq: BinaryNode,
  account: AccountState,
  companion: Companion,
) => BinaryNode;

/**
 * Makes the table of what the server answers to a logged-in device. What it does not know (passive,
 * ping, statistics, app state) gets an empty result: a client waits for an answer, not for its content.
 */
export function makeQueryAnswers(
  accounts: Accounts,
  groups: Groups,
  mediaHost: string,
): AnswerQuery {
  return (iq, account, companion) => {
    switch (iq.attrs["xmlns"] ?? "") {
      case "encrypt":
        return iq.attrs["type"] === "set"
          ? answerKeyUpload(iq, companion)
          : answerKeyQuery(iq, companion, accounts);
      case "usync":
        return answerUsync(iq, accounts);
      case "w:g2":
        return answerGroupQuery(iq, account, groups);
      case "w:m":
        return answerMediaConnection(iq, mediaHost);
      case "abt":
        return answerProps(iq);
      case "blocklist":
        return answerBlocklist(iq);
      case "privacy":
        return answerPrivacy(iq);
      default:
        return iqResult(iq);
    }
  };
}
