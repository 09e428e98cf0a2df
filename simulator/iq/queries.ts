import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import { answerSync } from "../appstate/sync-query.ts";
import type { Channels } from "../channels/channels.ts";
import type { Faults } from "../faults/faults.ts";
import { type BinaryNode, iqResult } from "../protocol/nodes.ts";
import { answerBusiness, answerCatalog } from "./business-queries.ts";
import { answerGroupCommand } from "./group-commands.ts";
import { answerGroupQuery } from "./group-queries.ts";
import type { GroupRooms } from "./group-rooms.ts";
import { answerMex } from "./mex-queries.ts";
import { answerKeyQuery, answerKeyUpload } from "./prekeys.ts";
import {
  answerAbout,
  answerBlocklist,
  answerPicture,
  answerPrivacy,
  type PictureShelf,
} from "./profile-queries.ts";
import { answerMediaConnection, answerProps } from "./settings.ts";
import { answerUsync } from "./usync.ts";

export type AnswerQuery = (
  iq: BinaryNode,
  account: AccountState,
  companion: Companion,
) => BinaryNode | Promise<BinaryNode>;

/**
 * Makes the table of what the server answers to a logged-in device. What it does not know (passive,
 * ping, statistics) gets an empty result: a client waits for an answer, not for its content.
 */
export function makeQueryAnswers(
  rooms: GroupRooms,
  channels: Channels,
  shelf: PictureShelf,
  faults: Faults,
): AnswerQuery {
  const { accounts, groups } = rooms;
  return (iq, account, companion) => {
    switch (iq.attrs["xmlns"] ?? "") {
      case "encrypt":
        return iq.attrs["type"] === "set"
          ? answerKeyUpload(iq, companion)
          : answerKeyQuery(iq, companion, accounts);
      case "usync":
        return answerUsync(iq, account, accounts);
      case "w:g2":
        return iq.attrs["type"] === "set"
          ? answerGroupCommand(iq, account, rooms)
          : answerGroupQuery(iq, account, groups);
      case "w:mex":
        return answerMex(iq, account, channels);
      case "w:profile:picture":
        return answerPicture(iq, account, rooms, shelf);
      case "status":
        return answerAbout(iq, account);
      case "w:m":
        return answerMediaConnection(iq, shelf.mediaHost);
      case "abt":
        return answerProps(iq);
      case "w:sync:app:state":
        return answerSync(iq, account, companion, { media: shelf.media, faults });
      case "blocklist":
        return answerBlocklist(iq, account, rooms);
      case "w:biz":
        return answerBusiness(iq, account, accounts);
      case "w:biz:catalog":
        return answerCatalog(iq, accounts);
      case "privacy":
        return answerPrivacy(iq, account);
      default:
        return iqResult(iq);
    }
  };
}
