import { addsUp } from "./checksum.ts";
import type { Mutation } from "./names.ts";
import type { Answered, CollectionName } from "./collections.ts";
import {
  decodePatches,
  decodeSyncdSnapshot,
  type LTHashState,
  proto,
  type SocketConfig,
} from "../library.ts";

/** What an answer has made of a collection. */
export interface Reading {
  readonly state: LTHashState;
  /** The last word about each thing. */
  readonly mutations: readonly Mutation[];
  /** Whether it adds up: if not, something in it could not be read. */
  readonly isSound: boolean;
}

export interface ReadingTools {
  readonly keyOf: (id: string) => Promise<proto.Message.IAppStateSyncKeyData | undefined>;
  readonly download: (blob: proto.ExternalBlobReference) => Promise<Uint8Array>;
  readonly logger: SocketConfig["logger"];
}

/** How its author says that it adds up. */
interface Signed {
  readonly snapshotMac?: Uint8Array | null | undefined;
  readonly keyId?: proto.IKeyId | null | undefined;
}

/** @throws Error when a key is missing or the bytes are none of WhatsApp's */
export async function readAnswer(
  { name, patches, snapshot }: Answered,
  before: LTHashState,
  { keyOf, download, logger }: ReadingTools,
): Promise<Reading> {
  let state = before;
  let last: Signed | undefined;
  const mutations = new Map<string, Mutation>();
  const take = (map: Awaited<ReturnType<typeof decodePatches>>["mutationMap"]): void => {
    for (const [key, { index, syncAction }] of Object.entries(map)) {
      mutations.set(key, { index, action: syncAction.value ?? {} });
    }
  };
  if (snapshot) {
    const whole = proto.SyncdSnapshot.decode(await download(snapshot));
    const read = await decodeSyncdSnapshot(name, whole, keyOf, undefined, true, logger);
    ({ state } = read);
    take(read.mutationMap);
    last = { snapshotMac: whole.mac, keyId: whole.keyId };
  }
  if (patches.length > 0) {
    const whole = await Promise.all(patches.map((patch) => withExternal(patch, download)));
    last = whole.at(-1);
    const read = await decodePatches(name, whole, state, keyOf, {}, undefined, logger);
    ({ state } = read);
    take(read.mutationMap);
  }
  const isSound = last === undefined || (await isAsSaid(name, state, last, keyOf));
  return { state, mutations: [...mutations.values()], isSound };
}

/** A large patch lies on the media server. Baileys would fetch it from a host of its own choice. */
async function withExternal(
  patch: proto.SyncdPatch,
  download: ReadingTools["download"],
): Promise<proto.SyncdPatch> {
  if (!patch.externalMutations) return patch;
  const blob = proto.ExternalBlobReference.fromObject(patch.externalMutations);
  const { mutations } = proto.SyncdMutations.decode(await download(blob));
  patch.mutations = mutations;
  patch.externalMutations = null;
  return patch;
}

async function isAsSaid(
  name: CollectionName,
  state: LTHashState,
  { snapshotMac, keyId }: Signed,
  keyOf: ReadingTools["keyOf"],
): Promise<boolean> {
  const key = await keyOf(Buffer.from(keyId?.id ?? []).toString("base64"));
  return key !== undefined && addsUp(name, state, snapshotMac, key);
}
