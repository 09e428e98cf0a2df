import { expect, test } from "vitest";
import { NO_CHANNEL_FACTS } from "../../../domain/channel.ts";
import { channelNewsOf } from "./channel-news.ts";

const ID = "120363400000000001@newsletter";

function notification(content: string, type = "mex") {
  const update = { tag: "update", attrs: { op_name: "X" }, content: Buffer.from(content) };
  return { tag: "notification", attrs: { from: "s.whatsapp.net", type }, content: [update] };
}

const told = (name: string, said: object) =>
  channelNewsOf(notification(JSON.stringify({ data: { [name]: { id: ID, ...said } } })));

const thread_metadata = { name: { text: "News" }, description: { text: "" } };

test.each([
  [
    "join",
    { thread_metadata, state: { type: "ACTIVE" } },
    { isFollowed: true, name: "News", description: "", state: "ACTIVE" },
  ],
  ["leave", { role: "GUEST" }, { isFollowed: false }],
  ["mute_change", { mute: "ON" }, { isMuted: true }],
  ["mute_change", { mute: "OFF" }, { isMuted: false }],
  ["metadata_update", { thread_metadata }, { name: "News", description: "" }],
  ["state_change", { state: { type: "deleted" } }, { state: "DELETED" }],
])("%s of %j is told", (what, said, change) => {
  expect(told(`xwa2_notify_newsletter_on_${what}`, said)).toEqual({
    type: "channel.update",
    channel: { id: ID, pn: null, lid: null },
    change: { ...NO_CHANNEL_FACTS, ...change },
  });
});

test.each([
  ["of something else", told("xwa2_notify_account_reachout_timelock", { is_active: true })],
  ["of nothing", told("xwa2_notify_newsletter_on_metadata_update", {})],
  ["of no channel", told("xwa2_notify_newsletter_on_leave", { id: "120363000000000001@g.us" })],
  ["that is no JSON", channelNewsOf(notification("{"))],
  ["that is null", channelNewsOf(notification("null"))],
  ["of another type", channelNewsOf(notification("{}", "w:gp2"))],
])("what tells %s is no news", (_what, news) => {
  expect(news).toBeUndefined();
});
