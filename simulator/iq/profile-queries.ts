import type { AccountState } from "../accounts/account-state.ts";
import type { GroupRooms } from "./group-rooms.ts";
import { SimulatorError } from "../errors.ts";
import type { MediaStore } from "../media/media-store.ts";
import {
  type BinaryNode,
  childNamed,
  childrenOf,
  iqError,
  iqResult,
  textOf,
} from "../protocol/nodes.ts";
import { isGroupJid } from "../protocol/jid.ts";
import { answerGroupPicture, isJpeg } from "./group-picture.ts";

/** Where pictures lie, and where they are fetched from. */
export interface PictureShelf {
  readonly media: MediaStore;
  readonly mediaHost: string;
}

/** `iq w:profile:picture`: the address of somebody's picture, or a new one for the account or a group. */
export function answerPicture(
  iq: BinaryNode,
  account: AccountState,
  { accounts, groups, changes }: GroupRooms,
  shelf: PictureShelf,
): BinaryNode {
  const { target, type } = iq.attrs;
  if (type === "set") {
    if (isGroupJid(target)) return answerGroupPicture(iq, account, changes);
    return answerOwnPicture(iq, account);
  }
  if (isGroupJid(target)) {
    const group = groups.find(target);
    if (group?.participants.includes(account.phone) !== true)
      return iqError(iq, 401, "not-authorized");
    // A JID in it would be written as one, and not as it is.
    return answerUrl(iq, group.jid.replace("@g.us", ""), group.picture, shelf);
  }
  const other = accounts.byJid(target);
  if (other === undefined) return iqError(iq, 404, "item-not-found");
  const { picture } = other.profile;
  if (other !== account && !other.profile.shows("profile", account.phone)) {
    return iqError(iq, 401, "not-authorized");
  }
  return answerUrl(iq, picture?.id ?? "", picture?.jpeg, shelf);
}

function answerUrl(
  iq: BinaryNode,
  id: string,
  jpeg: Buffer | undefined,
  { media, mediaHost }: PictureShelf,
): BinaryNode {
  if (jpeg === undefined) return iqError(iq, 404, "item-not-found");
  const path = `/pps/${id}.jpg`;
  media.put(path, jpeg);
  const url = `https://${mediaHost}${path}`;
  const attrs = { id, type: "image", url, direct_path: path };
  return iqResult(iq, [{ tag: "picture", attrs }]);
}

function answerOwnPicture(iq: BinaryNode, { profile }: AccountState): BinaryNode {
  const content = childNamed(iq, "picture")?.content;
  const jpeg = content instanceof Uint8Array ? Buffer.from(content) : undefined;
  if (jpeg !== undefined && !isJpeg(jpeg)) return iqError(iq, 406, "not-acceptable");
  profile.setPicture(jpeg);
  const id = profile.picture?.id;
  return iqResult(iq, id === undefined ? undefined : [{ tag: "picture", attrs: { id } }]);
}

/** WhatsApp takes no longer ones. */
const LONGEST_ABOUT = 139;

/** `iq set status`: what the account says about itself. */
export function answerAbout(iq: BinaryNode, { profile }: AccountState): BinaryNode {
  const text = textOf(childNamed(iq, "status"));
  if (text.length > LONGEST_ABOUT) return iqError(iq, 406, "not-acceptable");
  profile.about = text;
  return iqResult(iq);
}

/** `iq blocklist`: whom the account does not want to hear from. */
export function answerBlocklist(
  iq: BinaryNode,
  account: AccountState,
  { accounts }: GroupRooms,
): BinaryNode {
  const { blocked } = account.profile;
  const item = childNamed(iq, "item");
  if (item !== undefined) {
    const { action, jid, pn_jid: pn } = item.attrs;
    const other = accounts.byJid(jid);
    // It is the LID that is blocked, and the number has to stand beside it.
    const isNamed = jid?.endsWith("@lid") === true && (action === "unblock" || pn !== undefined);
    if (other === undefined || other === account || !isNamed) {
      return iqError(iq, 400, "bad-request");
    }
    if (action === "block") blocked.add(other.phone);
    else blocked.delete(other.phone);
  }
  const items = [...blocked].flatMap((phone) => accounts.find(phone) ?? []);
  const content = items.map((each) => ({ tag: "item", attrs: { jid: each.jid("lid") } }));
  return iqResult(iq, [{ tag: "list", attrs: {}, content }]);
}

/** `iq privacy`: who may see what, and the trusted-contact tokens that a client hands in after a first message. */
export function answerPrivacy(iq: BinaryNode, { profile }: AccountState): BinaryNode {
  const asked = childNamed(iq, "privacy");
  if (iq.attrs["type"] === "set" && asked === undefined) {
    return iqResult(iq, [{ tag: "tokens", attrs: {}, content: [] }]);
  }
  try {
    for (const { attrs } of childrenOf(asked)) {
      profile.setPrivacy(attrs["name"] ?? "", attrs["value"] ?? "");
    }
  } catch (error) {
    if (error instanceof SimulatorError) return iqError(iq, 400, "bad-request");
    throw error;
  }
  const content = [...profile.privacy].map(([name, value]) => ({
    tag: "category",
    attrs: { name, value },
  }));
  return iqResult(iq, [{ tag: "privacy", attrs: {}, content }]);
}
