import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import { isGroupJid } from "../protocol/jid.ts";
import { type BinaryNode, iqResult } from "../protocol/nodes.ts";
import { answerGroupCommand } from "./group-commands.ts";
import { answerGroupPicture } from "./group-picture.ts";
import { answerGroupQuery } from "./group-queries.ts";
import type { GroupRooms } from "./group-rooms.ts";
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
export function makeQueryAnswers(rooms: GroupRooms, mediaHost: string): AnswerQuery {
  const { accounts, groups, changes } = rooms;
  return (iq, account, companion) => {
    switch (iq.attrs["xmlns"] ?? "") {
      case "encrypt":
        return iq.attrs["type"] === "set"
          ? answerKeyUpload(iq, companion)
          : answerKeyQuery(iq, companion, accounts);
      case "usync":
        return answerUsync(iq, accounts);
      case "w:g2":
        return iq.attrs["type"] === "set"
          ? answerGroupCommand(iq, account, rooms)
          : answerGroupQuery(iq, account, groups);
      case "w:profile:picture":
        return isGroupJid(iq.attrs["target"]) && iq.attrs["type"] === "set"
          ? answerGroupPicture(iq, account, changes)
          : iqResult(iq);
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
