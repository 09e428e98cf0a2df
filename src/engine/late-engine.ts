import type { ChannelCalls } from "./channel-calls.ts";
import type { Connection, Engine } from "./engine.ts";
import type { GroupCalls } from "./group-calls.ts";
import type { PeopleCalls } from "./people-calls.ts";

export interface LateEngine extends Engine {
  /** Resolves when the engine is there. Whoever opens a connection before has it begin then. */
  load(): Promise<void>;
}

/**
 * An engine that is loaded after the start. Baileys and what it brings along are a third of all that a
 * start reads, and while they are read nothing else happens: HTTP answers first.
 */
export function lateEngine(make: () => Promise<Engine>): LateEngine {
  let making: Promise<Engine> | undefined;
  const engine = (): Promise<Engine> => (making ??= make());

  return {
    async load() {
      await engine();
    },
    open: (options) => lateConnection(engine().then((made) => made.open(options))),
    async *download(raw, signal, proxy) {
      const made = await engine();
      yield* made.download(raw, signal, proxy);
    },
    readAuthFolder: async (files) => (await engine()).readAuthFolder(files),
    expectAttachment: async (...asked) => (await engine()).expectAttachment(...asked),
    async [Symbol.asyncDispose]() {
      const made = await making;
      await made?.[Symbol.asyncDispose]();
    },
  };
}

function lateConnection(opening: Promise<Connection>): Connection {
  return {
    groups: lateGroups(opening),
    channels: lateChannels(opening),
    people: latePeople(opening),
    appState: { change: async (edit) => (await opening).appState.change(edit) },
    requestPairingCode: async (phone) => (await opening).requestPairingCode(phone),
    lookUp: async (phone) => (await opening).lookUp(phone),
    prepare: async (content, to) => (await opening).prepare(content, to),
    transmit: async (...message) => (await opening).transmit(...message),
    uploadAgain: async (name, raw) => (await opening).uploadAgain(name, raw),
    logOut: async () => (await opening).logOut(),
    close: async () => (await opening).close(),
  };
}

function lateGroups(opening: Promise<Connection>): GroupCalls {
  const groups = async (): Promise<GroupCalls> => (await opening).groups;
  return {
    list: async () => (await groups()).list(),
    get: async (id) => (await groups()).get(id),
    create: async (draft) => (await groups()).create(draft),
    change: async (id, setting) => (await groups()).change(id, setting),
    setPicture: async (id, jpeg) => (await groups()).setPicture(id, jpeg),
    changeParticipants: async (...args) => (await groups()).changeParticipants(...args),
    inviteCode: async (id) => (await groups()).inviteCode(id),
    revokeInvite: async (id) => (await groups()).revokeInvite(id),
    invitedTo: async (code) => (await groups()).invitedTo(code),
    join: async (code) => (await groups()).join(code),
    joinRequests: async (id) => (await groups()).joinRequests(id),
    decide: async (...args) => (await groups()).decide(...args),
    leave: async (id) => (await groups()).leave(id),
    link: async (...args) => (await groups()).link(...args),
    linkedGroups: async (community) => (await groups()).linkedGroups(community),
  };
}

function lateChannels(opening: Promise<Connection>): ChannelCalls {
  const channels = async (): Promise<ChannelCalls> => (await opening).channels;
  return {
    list: async () => (await channels()).list(),
    get: async (id) => (await channels()).get(id),
    invitedTo: async (code) => (await channels()).invitedTo(code),
    create: async (draft) => (await channels()).create(draft),
    change: async (id, change) => (await channels()).change(id, change),
    follow: async (id, isFollowed) => (await channels()).follow(id, isFollowed),
    mute: async (id, isMuted) => (await channels()).mute(id, isMuted),
    delete: async (id) => (await channels()).delete(id),
    react: async (...args) => (await channels()).react(...args),
  };
}

function latePeople(opening: Promise<Connection>): PeopleCalls {
  const people = async (): Promise<PeopleCalls> => (await opening).people;
  return {
    check: async (phones) => (await people()).check(phones),
    setAvailability: async (availability) => (await people()).setAvailability(availability),
    showTyping: async (chat, typing) => (await people()).showTyping(chat, typing),
    watchPresence: async (contact) => (await people()).watchPresence(contact),
    mark: async (receipt) => (await people()).mark(receipt),
    rejectCall: async (id) => (await people()).rejectCall(id),
    picture: async (jid, isPreview) => (await people()).picture(jid, isPreview),
    about: async (jid) => (await people()).about(jid),
    setAbout: async (text) => (await people()).setAbout(text),
    setPicture: async (jpeg) => (await people()).setPicture(jpeg),
    blocked: async () => (await people()).blocked(),
    block: async (contact, isBlocked) => (await people()).block(contact, isBlocked),
    privacy: async () => (await people()).privacy(),
    businessProfile: async (jid) => (await people()).businessProfile(jid),
    setBusinessProfile: async (change) => (await people()).setBusinessProfile(change),
    catalog: async (...args) => (await people()).catalog(...args),
    setPrivacy: async (setting, audience) => (await people()).setPrivacy(setting, audience),
  };
}
