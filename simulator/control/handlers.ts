import type { Account } from "../accounts/account.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { FAULT_KINDS, type Fault } from "../faults/faults.ts";
import type { Channel, ChannelChange, Post } from "../channels/channel.ts";
import type { ChannelDraft } from "../channels/channels.ts";
import type { Group, GroupChange } from "../groups/group.ts";
import type { ReceivedMessage } from "../messages/received-log.ts";
import { type Addressing, parsePhone } from "../protocol/jid.ts";
import { accountHandlers } from "./account-handlers.ts";
import { readAction } from "./action-field.ts";
import type { Call } from "./call.ts";
import { readBusiness } from "./business-field.ts";
import { channelHandlers } from "./channel-handlers.ts";
import { readContent } from "./content-field.ts";
import {
  defined,
  oneOf,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalOneOf,
  optionalString,
  optionalStrings,
  requiredString,
  requiredStrings,
} from "./fields.ts";

const ADDRESSINGS = ["pn", "lid"] as const;

/** The part of the TypeScript API that the control API stands on. */
export interface ControlledSimulator {
  readonly caPem: string;
  readonly mediaHost: string;
  readonly stats: Readonly<Record<string, number>>;
  account(
    phone: string,
    options?: { readonly name?: string; readonly addressing?: Addressing },
  ): Promise<Account>;
  group(options: {
    readonly subject: string;
    readonly participants: readonly string[];
    readonly addressing?: Addressing;
  }): Promise<Group>;
  changeGroup(group: string, change: GroupChange): Promise<Group>;
  groupNow(group: string): Promise<Group>;
  askToJoin(group: string, phone: string): Promise<void>;
  channel(options: ChannelDraft): Promise<Channel>;
  changeChannel(channel: string, change: ChannelChange): Promise<Channel>;
  channelNow(channel: string): Promise<Channel & { readonly posts: readonly Post[] }>;
  post(
    channel: string,
    content: { readonly text: string },
  ): Promise<{ readonly id: string; readonly serverId: number }>;
  editPost(channel: string, id: string, text: string | null): Promise<void>;
  expireMedia(): void;
  fault(fault: Fault): void;
  clearFaults(): void;
}

/** One function per route; each reads its fields and calls the TypeScript API. */
export function makeHandlers(simulator: ControlledSimulator, accounts: Accounts) {
  /** Naming an unknown phone in a path is a mistake, not a wish for a new account. */
  async function existing({ params }: Call): Promise<Account> {
    const phone = parsePhone(params["phone"] ?? "");
    accounts.get(phone);
    return simulator.account(phone);
  }

  return {
    ...accountHandlers(simulator, accounts, existing),

    async expireMedia() {
      simulator.expireMedia();
    },

    async send(call: Call) {
      const account = await existing(call);
      const id = optionalString(call.body, "id");
      const addressing = optionalOneOf(call.body, "addressing", ADDRESSINGS);
      const viewers = optionalStrings(call.body, "viewers");
      const to = requiredString(call.body, "to");
      return account.send(to, readContent(call.body), defined({ id, addressing, viewers }));
    },

    async messages(call: Call) {
      const { received } = await existing(call);
      const from = call.query.get("from");
      const phone = from === null ? undefined : parsePhone(from);
      return received
        .filter((message) => phone === undefined || message.from === phone)
        .map(toJson);
    },

    async receipts(call: Call) {
      return (await existing(call)).receipts;
    },

    async confirm(call: Call) {
      const account = await existing(call);
      await account.receipt({
        to: requiredString(call.body, "to"),
        ids: requiredStrings(call.body, "ids"),
        type: oneOf(call.body, "type", ["delivered", "read", "played"]),
        ...defined({
          chat: optionalString(call.body, "chat"),
          private: optionalBoolean(call.body, "private"),
        }),
      });
    },

    async act(call: Call) {
      await (await existing(call)).act(readAction(call.body));
    },

    async agreed(call: Call) {
      return (await existing(call)).agreed;
    },

    async presence(call: Call) {
      const { isOnline, typing } = await existing(call);
      return { isOnline, typing };
    },

    async profile(call: Call) {
      const { picture, ...profile } = (await existing(call)).profile;
      return { ...profile, picture: picture?.jpeg.toString("base64") };
    },

    async changeProfile(call: Call) {
      const account = await existing(call);
      const { body } = call;
      const privacy = Object.entries(optionalObject(body, "privacy") ?? {});
      const change = {
        about: optionalString(body, "about"),
        picture: readPicture(body),
        business: readBusiness(body),
        privacy: Object.fromEntries(privacy.map(([name, value]) => [name, String(value)])),
      };
      await account.changeProfile(defined(change));
    },

    async showPresence(call: Call) {
      const account = await existing(call);
      const isOnline = optionalBoolean(call.body, "isOnline") ?? true;
      await account.showPresence(isOnline, optionalNumber(call.body, "lastSeen"));
    },

    async type(call: Call) {
      const account = await existing(call);
      const typing = oneOf(call.body, "typing", ["composing", "recording", "paused"]);
      await account.type(requiredString(call.body, "to"), typing);
    },

    async createGroup({ body }: Call) {
      const participants = requiredStrings(body, "participants");
      const group = await simulator.group({
        subject: requiredString(body, "subject"),
        participants,
        ...defined({ addressing: optionalOneOf(body, "addressing", ADDRESSINGS) }),
      });
      return shown(group);
    },

    async changeGroup({ params, body }: Call) {
      const change = {
        by: requiredString(body, "by"),
        ...defined({
          subject: optionalString(body, "subject"),
          description: optionalString(body, "description"),
          announcement: optionalBoolean(body, "announcement"),
          locked: optionalBoolean(body, "locked"),
          membersMayAdd: optionalBoolean(body, "membersMayAdd"),
          joinApproval: optionalBoolean(body, "joinApproval"),
          disappearingSeconds: optionalNumber(body, "disappearingSeconds"),
          revokeInvite: optionalBoolean(body, "revokeInvite"),
          add: optionalStrings(body, "add"),
          remove: optionalStrings(body, "remove"),
          promote: optionalStrings(body, "promote"),
          demote: optionalStrings(body, "demote"),
          approve: optionalStrings(body, "approve"),
          reject: optionalStrings(body, "reject"),
        }),
      };
      return shown(await simulator.changeGroup(params["group"] ?? "", change));
    },

    async showGroup({ params }: Call) {
      return shown(await simulator.groupNow(params["group"] ?? ""));
    },

    async askToJoin({ params, body }: Call) {
      await simulator.askToJoin(params["group"] ?? "", requiredString(body, "phone"));
    },

    async call(call: Call) {
      const account = await existing(call);
      const video = optionalBoolean(call.body, "video");
      return account.call(requiredString(call.body, "to"), defined({ video }));
    },

    async endCall(call: Call) {
      const account = await existing(call);
      const how = call.query.get("reason") === "timeout" ? "timeout" : "hangup";
      await account.endCall(call.params["call"] ?? "", how);
    },

    ...channelHandlers(simulator),

    async addFault({ body }: Call) {
      const phone = optionalString(body, "phone");
      const numbers = {
        code: optionalNumber(body, "code"),
        ms: optionalNumber(body, "ms"),
        count: optionalNumber(body, "count"),
      };
      simulator.fault({
        kind: oneOf(body, "kind", FAULT_KINDS),
        ...defined({ phone, ...numbers }),
      });
    },

    async clearFaults() {
      simulator.clearFaults();
    },

    async stats() {
      return simulator.stats;
    },

    async mediaHost() {
      return simulator.mediaHost;
    },

    async ca() {
      return simulator.caPem;
    },
  };
}

function shown({ jid: id, picture, ...group }: Group) {
  return { id, ...group, hasPicture: picture !== undefined };
}

/** Null takes it away. */
function readPicture(body: Call["body"]): Buffer | null | undefined {
  if (body["picture"] === null) return null;
  const base64 = optionalString(body, "picture");
  return base64 === undefined ? undefined : Buffer.from(base64, "base64");
}

/** Bytes travel as base64. */
function toJson({ bytes, ...message }: ReceivedMessage) {
  return bytes === undefined ? message : { ...message, base64: bytes.toString("base64") };
}
