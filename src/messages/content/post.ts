import { GatewayError } from "../../domain/errors.ts";
import type { SendContent } from "./draft.ts";

/**
 * What a channel does not show, or not as it was meant.
 * @throws GatewayError BAD_INPUT
 */
export function expectPostable(content: SendContent): void {
  if (content.kind === "FORWARD") {
    throw bad("Nothing is passed on to a channel: post it, an attachment by its messageUid.");
  }
  if (content.kind === "EVENT") throw bad("Appointments are not posted to channels.");
  if ("isViewOnce" in content && content.isViewOnce) {
    throw bad("What is posted to a channel can be seen as often as one likes.");
  }
}

function bad(message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message);
}
