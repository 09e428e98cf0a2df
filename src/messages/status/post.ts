import { addressOf, STATUS_FEED } from "../../domain/address.ts";
import { fingerprintOf } from "../content/fingerprint.ts";
import { stageContent } from "../content/stage.ts";
import { toolsFor } from "../content/tools.ts";
import type { SentMessage, StatusRequest } from "../messages.ts";
import { finish, type SendNeeds } from "../send.ts";
import { findAudience } from "./audience.ts";

/** What stands beside other messages: a status answers nobody. */
const NO_CONTEXT = { quoted: null };

/** Posts a status. */
export function createPost(needs: SendNeeds): (request: StatusRequest) => Promise<SentMessage> {
  const { database, submit } = needs;
  const recipient = { address: addressOf(STATUS_FEED), isResolved: true };
  return async ({ instanceId, content: wish, audience: named, ...options }) => {
    const uid = await submit({
      instanceId,
      options,
      operation: "send",
      fingerprint(sha256) {
        const said = fingerprintOf(wish, sha256);
        const { scheduledAt } = options;
        return said && [STATUS_FEED, scheduledAt?.toISOString() ?? null, named, ...said];
      },
      async make({ instance, uid: name }) {
        const audience = await findAudience(database.read, instance, named);
        const tools = toolsFor(needs, instance.id, !options.scheduledAt);
        return { recipient, audience, ...(await stageContent(wish, NO_CONTEXT, tools, name)) };
      },
    });
    return finish(database, uid);
  };
}
