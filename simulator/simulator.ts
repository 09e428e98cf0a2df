import type { RequestListener } from "node:http";
import "../libsignal/mended.ts";
import type { Account } from "./accounts/account.ts";
import { Accounts } from "./accounts/accounts.ts";
import { PhoneAccount, type PhoneRooms } from "./accounts/phone-account.ts";
import { makeUnlink } from "./accounts/unlink.ts";
import { Calls } from "./calls/calls.ts";
import type { Channel, ChannelChange, Post } from "./channels/channel.ts";
import { type ChannelDraft, Channels } from "./channels/channels.ts";
import { channelDesk } from "./channels/desk.ts";
import type { PostContent } from "./channels/post-content.ts";
import { Posts } from "./channels/posts.ts";
import { Clients } from "./connection/clients.ts";
import { startDoor } from "./connection/door.ts";
import { makeControl } from "./control/control.ts";
import { type Fault, Faults } from "./faults/faults.ts";
import { isImmediate } from "./faults/immediate.ts";
import { GroupChanges } from "./groups/changes.ts";
import type { Group, GroupChange } from "./groups/group.ts";
import { Groups } from "./groups/groups.ts";
import { PhoneHistory } from "./history/phone-history.ts";
import { makeQueryAnswers } from "./iq/queries.ts";
import { makeMediaCertificate } from "./media/certificate.ts";
import { startMediaServer } from "./media/media-server.ts";
import { MediaStore } from "./media/media-store.ts";
import { CompanionMessages } from "./messages/companion-messages.ts";
import { Delivery } from "./messages/delivery.ts";
import { makeServerCertificate } from "./noise/server-certificate.ts";
import { Linking } from "./pairing/linking.ts";
import { Pairing } from "./pairing/pairing.ts";
import { Presences } from "./presence/presences.ts";
import { type Addressing, parsePhone } from "./protocol/jid.ts";
import { CompanionReceipts } from "./receipts/companion-receipts.ts";
import { Stats } from "./stats.ts";

/** What a simulator has once its door is open. */
type Served = "url" | "control" | "controlUrl" | typeof Symbol.asyncDispose;

/** A WhatsApp of one's own on loopback. Disposing closes every socket and forgets everything. */
export interface Simulator extends AsyncDisposable {
  /** What a client connects to: `ws://127.0.0.1:4600/ws/chat`. */
  readonly url: string;
  /** The control API: `http://127.0.0.1:4600`. */
  readonly controlUrl: string;
  /** Answers the requests of the control API where somebody else's server serves it, too. */
  readonly control: RequestListener;
  /** The authority that signed the media server's certificate. */
  readonly caPem: string;
  /** Where media is, which a linked device knows by its path alone. */
  readonly mediaHost: string;
  /** Counts since the start, live. */
  readonly stats: Readonly<Record<string, number>>;
  /**
   * The account of a phone number, made when there is none; the options count at its making.
   * @throws {SimulatorError} BAD_REQUEST, LIMIT_REACHED
   */
  account(
    phone: string,
    options?: { readonly name?: string; readonly addressing?: Addressing },
  ): Promise<Account>;
  /**
   * Makes a group of existing accounts, named by phone; the first one is its creator.
   * @throws {SimulatorError} ACCOUNT_NOT_FOUND, BAD_REQUEST, LIMIT_REACHED
   */
  group(options: {
    readonly subject: string;
    readonly participants: readonly string[];
    readonly addressing?: Addressing;
  }): Promise<Group>;
  /**
   * Has somebody change a group. Every member's linked devices are told.
   * @throws {SimulatorError} GROUP_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_REQUEST, NOT_ALLOWED, LIMIT_REACHED
   */
  changeGroup(group: Group | string, change: GroupChange): Promise<Group>;
  /**
   * A group as it is now.
   * @throws {SimulatorError} GROUP_NOT_FOUND
   */
  groupNow(group: Group | string): Promise<Group>;
  /**
   * Has somebody ask to be let into a group. Its members' linked devices are told.
   * @throws {SimulatorError} GROUP_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_REQUEST
   */
  askToJoin(group: Group | string, phone: string): Promise<void>;
  /**
   * Makes a channel that these accounts follow; without an owner the simulator alone posts there.
   * @throws {SimulatorError} ACCOUNT_NOT_FOUND, BAD_REQUEST, LIMIT_REACHED
   */
  channel(options: ChannelDraft): Promise<Channel>;
  /**
   * Has something happen to a channel. The linked devices of those whom it concerns are told.
   * @throws {SimulatorError} CHANNEL_NOT_FOUND, ACCOUNT_NOT_FOUND, BAD_REQUEST
   */
  changeChannel(channel: Channel | string, change: ChannelChange): Promise<Channel>;
  /**
   * A channel as it is now, and what was posted there.
   * @throws {SimulatorError} CHANNEL_NOT_FOUND
   */
  channelNow(channel: Channel | string): Promise<Channel & { readonly posts: readonly Post[] }>;
  /**
   * Posts to a channel: from the phone of its owner, where it has one.
   * @throws {SimulatorError} CHANNEL_NOT_FOUND, BAD_REQUEST
   */
  post(
    channel: Channel | string,
    content: PostContent,
    options?: { readonly id?: string },
  ): Promise<{ readonly id: string; readonly serverId: number }>;
  /**
   * Changes the text of a post, or with null deletes it.
   * @throws {SimulatorError} CHANNEL_NOT_FOUND, BAD_REQUEST when there is no such post
   */
  editPost(channel: Channel | string, id: string, text: string | null): Promise<void>;
  /** Weeks go by: WhatsApp's media hosts forget what was uploaded until now; phones still have it. */
  expireMedia(): void;
  /** @throws {SimulatorError} BAD_REQUEST, LIMIT_REACHED */
  fault(fault: Fault): void;
  /** Ends all faults; held stanzas flow again. */
  clearFaults(): void;
}

const SERVICE_UNAVAILABLE = 503;

/** Starts a simulator on loopback; port 0 (the default) takes any free one. */
export async function startSimulator(options: { port?: number } = {}): Promise<Simulator> {
  await using stack = new AsyncDisposableStack();
  const stats = new Stats();
  const faults = new Faults();
  const groups = new Groups();
  const media = new MediaStore();
  const accounts = new Accounts(() => stats.add("overflows"));
  const changes = new GroupChanges(groups, accounts);
  const channels = new Channels(accounts);
  const posts = new Posts(accounts, channels);
  stack.defer(() => accounts.close());

  const certificate = await makeMediaCertificate();
  const mediaServer = stack.use(await startMediaServer(certificate, media, faults, stats));

  // What fails here was caused by a client's junk; it costs that message, never the simulator.
  const onError = () => stats.add("junk");
  const history = new PhoneHistory(media);
  const delivery = new Delivery(accounts, faults, media, stats, onError);
  const unlink = makeUnlink(accounts);
  const presences = new Presences(accounts, groups);
  const pairing = new Pairing();
  const linking = new Linking(pairing, history, stats, onError);
  const calls = new Calls();
  const clients = new Clients(
    makeServerCertificate(),
    pairing,
    {
      accounts,
      messages: new CompanionMessages(
        accounts,
        groups,
        { channels, posts },
        delivery,
        faults,
        stats,
      ),
      receipts: new CompanionReceipts(accounts, delivery, faults, media, stats, onError),
      answerQuery: makeQueryAnswers(
        { accounts, groups, changes },
        channels,
        { media, mediaHost: mediaServer.host },
        faults,
      ),
      presences,
      calls,
      faults,
      stats,
      forget: unlink,
      onLogin: (companion) => linking.onLogin(companion),
      onError,
    },
    faults,
    stats,
  );
  stack.defer(() => clients.terminate());

  const rooms: PhoneRooms = {
    accounts,
    groups,
    calls,
    delivery,
    linking,
    presences,
    media,
    mediaHost: mediaServer.host,
    unlink,
  };
  const simulator: Omit<Simulator, Served> = {
    caPem: certificate.ca,
    mediaHost: mediaServer.host,
    stats: stats.counts,
    async account(text, { name, addressing = "pn" } = {}) {
      const phone = parsePhone(text);
      const state = accounts.find(phone) ?? accounts.create(phone, name ?? phone, addressing);
      return new PhoneAccount(state, rooms);
    },
    async group({ subject, participants, addressing = "pn" }) {
      const phones = participants.map((phone) => accounts.get(parsePhone(phone)).phone);
      return groups.create(subject, phones, { addressing });
    },
    async changeGroup(group, change) {
      return changes.apply(typeof group === "string" ? group : group.jid, change);
    },
    async groupNow(group) {
      return groups.get(typeof group === "string" ? group : group.jid);
    },
    async askToJoin(group, phone) {
      changes.ask(typeof group === "string" ? group : group.jid, phone);
    },
    ...channelDesk(channels, posts, media, mediaServer.host),
    expireMedia: () => media.expire(),
    fault(fault) {
      const { phone, ...rest } = fault;
      const target = phone === undefined ? rest : { ...rest, phone: parsePhone(phone) };
      if (!isImmediate(target.kind)) faults.add(target);
      clients.hit(target);
    },
    clearFaults() {
      faults.clear();
      clients.restore();
    },
  };
  const control = makeControl(simulator, accounts);
  const door = stack.use(
    await startDoor({
      port: options.port ?? 0,
      accept: (socket) => clients.accept(socket),
      refusal: () => {
        const fault = faults.take("refuseUpgrade");
        return fault === undefined ? undefined : (fault.code ?? SERVICE_UNAVAILABLE);
      },
      control,
      stats,
    }),
  );
  const running = stack.move();
  return {
    ...simulator,
    control,
    url: `ws://127.0.0.1:${door.port}/ws/chat`,
    controlUrl: `http://127.0.0.1:${door.port}`,
    [Symbol.asyncDispose]: async () => running.disposeAsync(),
  };
}
