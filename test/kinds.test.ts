import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { OutgoingContent } from "../simulator/messages/content.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const ALICE = "5511999990002";

let gateway: TestGateway;
let alice: Account;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.linked("me", ME);
  alice = await gateway.wa.account(ALICE, { name: "Alice" });
});
afterAll(() => gateway[Symbol.asyncDispose]());

const FIELDS = `__typename kind text mentions isViewOnce forwardingScore disappearsAfter albumId
  media { mimetype size form }
  ... on LocationMessage { location { latitude longitude name address isLive } }
  ... on ContactsMessage { contacts { name phones vcard } }
  ... on PollMessage { poll { question options selectableCount } }
  ... on EventMessage { appointment { name description startsAt endsAt isCancelled location { name } } }
  ... on AlbumMessage { album { images videos } }`;

const bytes = Buffer.from("bytes");
const vcard = "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL;waid=5511:+55 11\nEND:VCARD";
const sent: readonly (readonly [string, OutgoingContent, object])[] = [
  [
    "a video",
    { video: { bytes, caption: "see" } },
    {
      __typename: "VideoMessage",
      text: "see",
      media: { mimetype: "video/mp4", size: 5, form: null },
    },
  ],
  ["a GIF", { video: { bytes, form: "gif" } }, { media: { form: "GIF" } }],
  ["a round video", { video: { bytes, form: "note" } }, { media: { form: "VIDEO_NOTE" } }],
  ["a song", { audio: { bytes } }, { __typename: "AudioMessage", media: { form: null } }],
  ["a voice", { audio: { bytes, voice: true } }, { media: { form: "VOICE_NOTE" } }],
  ["a sticker", { sticker: { bytes } }, { __typename: "StickerMessage", media: { form: null } }],
  ["a sticker that moves", { sticker: { bytes, animated: true } }, { media: { form: "ANIMATED" } }],
  [
    "a place",
    { location: { latitude: -23.5, longitude: -46.6, name: "Praça", address: "Centro" } },
    {
      __typename: "LocationMessage",
      location: {
        latitude: -23.5,
        longitude: -46.6,
        name: "Praça",
        address: "Centro",
        isLive: false,
      },
    },
  ],
  [
    "a contact",
    { contacts: [{ name: "Ana", vcard }] },
    { __typename: "ContactsMessage", contacts: [{ name: "Ana", phones: ["5511"], vcard }] },
  ],
  [
    "two contacts",
    {
      contacts: [
        { name: "Ana", vcard },
        { name: "Bia", vcard },
      ],
    },
    { contacts: [{ name: "Ana" }, { name: "Bia" }] },
  ],
  [
    "a poll",
    { poll: { question: "When?", options: ["Now", "Later"], selectableCount: 1 } },
    {
      __typename: "PollMessage",
      text: "When?",
      poll: { question: "When?", options: ["Now", "Later"], selectableCount: 1 },
    },
  ],
  [
    "an appointment",
    {
      event: {
        name: "Lunch",
        startsAt: 1_700_000_000,
        location: { latitude: 0, longitude: 0, name: "Bar" },
      },
    },
    {
      __typename: "EventMessage",
      text: "Lunch",
      appointment: {
        name: "Lunch",
        startsAt: "2023-11-14T22:13:20.000Z",
        endsAt: null,
        isCancelled: false,
        location: { name: "Bar" },
      },
    },
  ],
  [
    "an album",
    { message: { albumMessage: { expectedImageCount: 2 } } },
    { __typename: "AlbumMessage", album: { images: 2, videos: 0 } },
  ],
  [
    "a text that names somebody",
    { text: "hi @5511999990001", mentions: [ME] },
    { __typename: "TextMessage", mentions: [`${ME}@s.whatsapp.net`] },
  ],
  [
    "what is shown once and was passed on often",
    {
      message: {
        viewOnceMessageV2: {
          message: { extendedTextMessage: { text: "psst", contextInfo: { forwardingScore: 7 } } },
        },
      },
    },
    { isViewOnce: true, forwardingScore: 7 },
  ],
];

interface Shown {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
}

test.each(sent)(
  "%s is the same in the store, in its event and in a webhook",
  async (_, content, expected) => {
    const { id } = await alice.send(ME, content);
    const event = await gateway.event(
      "me",
      "message.received",
      ({ data }) => data.message?.id === id,
    );
    // `data` is what a webhook has: under the names that GraphQL has, and without its type names.
    const { __typename: _name, ...fields } = expected as Record<string, unknown>;
    expect(event.data.message).toMatchObject(fields);

    const { instance } = await gateway.graphql<{ instance: { messages: Shown } }>(
      `{ instance(id: "me") { messages(first: 1) { edges { node { id ${FIELDS} } } } } }`,
    );
    expect(instance.messages.edges[0]?.node).toMatchObject({ id, ...expected });
    const { events } = await gateway.graphql<{ events: { edges: readonly { node: object }[] } }>(
      `{ events(last: 1) { edges { node { ... on MessageReceived { message { id ${FIELDS} } } } } } }`,
    );
    expect(events.edges[0]?.node).toMatchObject({ message: { id, ...expected } });
  },
);

test("what a card or a poll says is stored without what no database can hold", async () => {
  const question = "a \ud800 b\0";
  const { id } = await alice.send(ME, { poll: { question, options: ["\0x", "y"] } });
  const event = await gateway.event(
    "me",
    "message.received",
    ({ data }) => data.message?.id === id,
  );
  expect(event.data.message).toMatchObject({
    text: "a \ufffd b",
    poll: { question: "a \ufffd b", options: ["x", "y"] },
  });
});
