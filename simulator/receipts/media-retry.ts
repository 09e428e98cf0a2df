import type { AccountState } from "../accounts/account-state.ts";
import type { Companion } from "../accounts/companion.ts";
import type { MediaStore } from "../media/media-store.ts";
import { type BinaryNode, childNamed, unixSeconds } from "../protocol/nodes.ts";
import { sealedAnswer } from "./media-answer.ts";

/** What the phone says when it does not know the message, and so has no key to seal an answer with. */
const NOT_FOUND = 2;

/**
 * A linked device could not fetch an attachment any more and asks its own phone for it: the phone uploads
 * what it still has, and tells the new place.
 * @throws {Error} for a request that was not sealed with the attachment's key
 */
export function answerMediaRetry(
  account: AccountState,
  companion: Companion,
  request: BinaryNode,
  media: MediaStore,
): void {
  const { id = "" } = request.attrs;
  const rmr = childNamed(request, "rmr");
  const file = account.handset.files.find(rmr?.attrs["jid"], id);
  const about = rmr === undefined ? [] : [rmr];
  const content = file
    ? sealedAnswer(id, file, request, media)
    : { tag: "error", attrs: { code: String(NOT_FOUND) } };
  companion.deliver({
    tag: "notification",
    attrs: { from: account.jid("pn"), id, type: "mediaretry", t: String(unixSeconds()) },
    content: [content, ...about],
  });
}
