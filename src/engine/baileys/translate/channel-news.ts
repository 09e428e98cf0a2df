import { addressOf, isChannel } from "../../../domain/address.ts";
import { type ChannelFacts, type ChannelNews, NO_CHANNEL_FACTS } from "../../../domain/channel.ts";
import { type BinaryNode, getBinaryNodeChild } from "../library.ts";
import { muteOf, stateOf, textIn } from "./channel-facts.ts";
import { type Fields, fieldsOf, jsonIn } from "./json.ts";

type Facts = Partial<ChannelFacts>;
type Reader = (said: Fields) => Facts;

const nameAndText: Reader = ({ thread_metadata: thread }) => {
  const { name, description } = fieldsOf(thread);
  return { name: textIn(name), description: textIn(description) };
};

/** Under these names WhatsApp tells what has become of a channel: each is the answer of a query that nobody has asked. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    "xwa2_notify_newsletter_on_join",
    (said) => ({ isFollowed: true, state: stateOf(said["state"]), ...nameAndText(said) }),
  ],
  ["xwa2_notify_newsletter_on_leave", () => ({ isFollowed: false })],
  ["xwa2_notify_newsletter_on_mute_change", ({ mute }) => ({ isMuted: muteOf(mute) })],
  ["xwa2_notify_newsletter_on_metadata_update", nameAndText],
  ["xwa2_notify_newsletter_on_admin_metadata_update", nameAndText],
  ["xwa2_notify_newsletter_on_state_change", ({ state }) => ({ state: stateOf(state) })],
]);

/** Reads a notification of type `mex`; nothing when it tells of no channel, or nothing that is understood. Pure. */
export function channelNewsOf({ attrs, content }: BinaryNode): ChannelNews | undefined {
  if (attrs["type"] !== "mex" || !Array.isArray(content)) return undefined;
  const update = getBinaryNodeChild({ tag: "", attrs, content }, "update")?.content;
  if (!(update instanceof Uint8Array)) return undefined;
  for (const [name, value] of Object.entries(fieldsOf(fieldsOf(jsonIn(update))["data"]))) {
    const said = fieldsOf(value);
    const facts = READERS.get(name)?.(said);
    const { id } = said;
    if (facts === undefined || typeof id !== "string" || !isChannel(id)) continue;
    const change = { ...NO_CHANNEL_FACTS, ...facts };
    const isSaid = Object.values(change).some((fact) => fact !== null);
    if (isSaid) return { type: "channel.update", channel: addressOf(id), change };
  }
  return undefined;
}
