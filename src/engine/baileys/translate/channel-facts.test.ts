import { expect, test } from "vitest";
import { channelOf } from "./channel-facts.ts";

const ID = "120363400000000001@newsletter";

const FULL = {
  id: ID,
  state: { type: "ACTIVE" },
  thread_metadata: {
    creation_time: "1700000000",
    name: { id: "1", text: "News", update_time: "1" },
    description: { id: "1", text: "Daily", update_time: "1" },
    invite: "0029VaAbCdEfGh",
    subscribers_count: "1234",
    verification: "VERIFIED",
    picture: { id: "1", type: "IMAGE", direct_path: "/m1/v/full.jpg" },
    preview: { id: "1", type: "PREVIEW", direct_path: "/m1/v/small.jpg" },
  },
  viewer_metadata: { mute: "ON", role: "ADMIN" },
};

const CHANNEL = {
  id: ID,
  name: "News",
  description: "Daily",
  inviteCode: "0029VaAbCdEfGh",
  pictureUrl: "https://pps.whatsapp.net/m1/v/full.jpg",
  subscribersCount: 1234,
  isVerified: true,
  role: "ADMIN",
  isMuted: true,
  createdAt: new Date(1_700_000_000_000),
  state: "ACTIVE",
};

test("a channel is read as WhatsApp describes it", () => {
  expect(channelOf(FULL)).toEqual(CHANNEL);
});

test("words come in either case", () => {
  const viewer_metadata = { mute: "off", role: "owner" };
  expect(channelOf({ ...FULL, viewer_metadata, state: { type: "geosuspended" } })).toEqual({
    ...CHANNEL,
    isMuted: false,
    role: "OWNER",
    state: "GEO_SUSPENDED",
  });
});

test("what is not said is null", () => {
  expect(channelOf({ id: ID })).toEqual({
    id: ID,
    name: "",
    description: null,
    inviteCode: null,
    pictureUrl: null,
    subscribersCount: null,
    isVerified: false,
    role: null,
    isMuted: null,
    createdAt: null,
    state: null,
  });
});

test.each([
  ["another host", { picture: { direct_path: "//evil.example/x.jpg" } }, { pictureUrl: null }],
  ["no number", { subscribers_count: "many" }, { subscribersCount: null }],
  ["less than nobody", { subscribers_count: "-1" }, { subscribersCount: null }],
  ["a time beyond all", { creation_time: "9007199254740991" }, { createdAt: null }],
  ["no text", { name: { text: 5 } }, { name: "" }],
])("%s is not believed", (_what, thread_metadata, expected) => {
  expect(channelOf({ id: ID, thread_metadata })).toMatchObject(expected);
});

test.each([undefined, null, "x", 1, [], {}, { id: 5 }, { id: "120363000000000001@g.us" }])(
  "%j is no channel",
  (json) => {
    expect(channelOf(json)).toBeUndefined();
  },
);
