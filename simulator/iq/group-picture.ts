import type { AccountState } from "../accounts/account-state.ts";
import type { GroupChanges } from "../groups/changes.ts";
import { type BinaryNode, childNamed, iqError, iqResult } from "../protocol/nodes.ts";
import { makeStanzaId } from "../protocol/stanza-id.ts";
import { refusalOf } from "./group-commands.ts";

/** Every JPEG begins like this. */
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** `iq set w:profile:picture` whose target is a group; without a picture in it the old one goes. */
export function answerGroupPicture(
  iq: BinaryNode,
  account: AccountState,
  changes: GroupChanges,
): BinaryNode {
  const content = childNamed(iq, "picture")?.content;
  const picture = content instanceof Uint8Array ? Buffer.from(content) : undefined;
  if (picture !== undefined && !isJpeg(picture)) {
    return iqError(iq, 406, "not-acceptable");
  }
  try {
    changes.setPicture(iq.attrs["target"] ?? "", account, picture);
  } catch (error) {
    return refusalOf(iq, error);
  }
  return iqResult(iq, picture && [{ tag: "picture", attrs: { id: makeStanzaId() } }]);
}

export function isJpeg(bytes: Buffer): boolean {
  return bytes.subarray(0, JPEG.length).equals(JPEG);
}
