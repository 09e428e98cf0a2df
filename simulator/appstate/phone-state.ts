import {
  decodePatches,
  encodeSyncdPatch,
  type LTHashState,
  newLTHashState,
  proto,
} from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";
import { type PhoneAction, writtenOf, type Written } from "./actions.ts";
import { COLLECTIONS, type CollectionName } from "./collection-name.ts";
import { Collection } from "./collection.ts";

/** What holds now, by whichever device it was said. */
export interface AgreedAction {
  readonly index: readonly string[];
  readonly action: proto.ISyncActionValue;
}

const { SyncdOperation } = proto.SyncdMutation;

/**
 * What the devices of an account agree on: the server's collections, and the phone, which has made the key to
 * them and reads what a linked device writes there.
 */
export class AppState {
  readonly keyId = Buffer.concat([Buffer.from([0, 0]), randomBytes(4)]);
  readonly keyData = { keyData: randomBytes(32), timestamp: Date.now() };
  readonly collections: Readonly<Record<CollectionName, Collection>>;
  readonly #states = new Map<CollectionName, LTHashState>();
  readonly #agreed = new Map<string, AgreedAction>();
  /** Patches that the phone could not read, or whose checksums are wrong. */
  invalid = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor() {
    const made = COLLECTIONS.map((name) => [name, new Collection()] as const);
    this.collections = Object.fromEntries(made) as Record<CollectionName, Collection>;
  }

  /** As the phone sees it, the oldest entry first. */
  get agreed(): readonly AgreedAction[] {
    return [...this.#agreed.values()];
  }

  /** What the account calls itself, if a device has said so here. */
  get ownName(): string | undefined {
    return this.#agreed.get('["setting_pushName"]')?.action.pushNameSetting?.name ?? undefined;
  }

  /** Reads what linked devices have written. */
  async pull(name: CollectionName): Promise<void> {
    await this.#exclusive(async () => this.#read(name));
  }

  /** Writes what the phone does. */
  async act(action: PhoneAction): Promise<CollectionName> {
    const written = writtenOf(action);
    await this.#exclusive(async () => {
      // A linked device may be faster.
      while (!(await this.#write(written))) await this.#read(written.collection);
    });
    return written.collection;
  }

  async #write(written: Written): Promise<boolean> {
    const { collection: name, index, version, value, isRemoved = false } = written;
    const state = this.#states.get(name) ?? newLTHashState();
    const syncAction = { ...value, timestamp: Date.now() };
    const operation = isRemoved ? SyncdOperation.REMOVE : SyncdOperation.SET;
    const { patch, state: next } = await encodeSyncdPatch(
      { type: name, index: [...index], syncAction, apiVersion: version, operation },
      this.keyId.toString("base64"),
      state,
      async () => this.keyData,
    );
    const bytes = proto.SyncdPatch.encode(patch).finish();
    if (!this.collections[name].push(state.version, bytes)) return false;
    // Baileys leaves the entry of what it has removed.
    const removed = patch.mutations?.[0]?.record?.index?.blob;
    if (isRemoved && removed) delete next.indexValueMap[Buffer.from(removed).toString("base64")];
    this.#states.set(name, next);
    this.#agree(index, syncAction, isRemoved);
    return true;
  }

  async #read(name: CollectionName): Promise<void> {
    const state = this.#states.get(name) ?? newLTHashState();
    const patches = (this.collections[name].since(state.version) ?? []).map((bytes) =>
      proto.SyncdPatch.decode(bytes),
    );
    if (patches.length === 0) return;
    const decoded = await decodePatches(name, patches, state, this.#key, {}, undefined, {
      ...QUIET,
      warn: () => (this.invalid += 1),
    });
    this.#states.set(name, decoded.state);
    for (const { index, syncAction } of Object.values(decoded.mutationMap)) {
      this.#agree(index, syncAction.value ?? {}, false);
    }
  }

  readonly #key = async (id: string) =>
    id === this.keyId.toString("base64") ? this.keyData : undefined;

  #agree(index: readonly string[], action: proto.ISyncActionValue, isRemoved: boolean): void {
    const key = JSON.stringify(index);
    this.#agreed.delete(key);
    if (!isRemoved) this.#agreed.set(key, { index, action });
  }

  async #exclusive(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

const nothing = () => undefined;
const QUIET = {
  level: "silent",
  child: () => QUIET,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
