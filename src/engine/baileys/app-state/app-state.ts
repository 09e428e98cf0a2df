import type { AppStateChange, AppStateEdit } from "../../../domain/app-state.ts";
import { asError, GatewayError } from "../../../domain/errors.ts";
import type { Log } from "../../../lib/log.ts";
import { Queue } from "../../../lib/queue.ts";
import { answered, type Query } from "../asking/answered.ts";
import type { AddressBook } from "../address-book.ts";
import {
  encodeSyncdPatch,
  type LTHashState,
  newLTHashState,
  proto,
  type SignalKeyStore,
} from "../library.ts";
import { changeOf } from "./changes.ts";
import { type Mutation, OWN_NAME } from "./names.ts";
import {
  type Answered,
  type Asked,
  type CollectionName,
  collectionsIn,
  syncQuery,
} from "./collections.ts";
import { patchOf } from "./edits.ts";
import { type ReadingTools, readAnswer } from "./reading.ts";
import { conflict, keyless, refusalOf, refusalWith, unreadable } from "./refusal.ts";

export interface AppStateParts extends Pick<ReadingTools, "download" | "logger"> {
  readonly query: Query;
  readonly keys: Pick<SignalKeyStore, "get" | "set">;
  /** The id of the key to write with, once the phone has shared one. */
  readonly keyId: () => string | undefined;
  readonly book: AddressBook;
  /** Resolves when it is stored; said twice it is the same. */
  readonly report: (changes: readonly AppStateChange[], whileOffline: boolean) => Promise<void>;
  /** The account calls itself differently: stored when it resolves. */
  readonly rename: (name: string) => Promise<void>;
  readonly log: Log;
}

export interface AppState {
  /** Learns what other devices have done. Rejects only when it could not be stored. */
  sync(names: readonly CollectionName[], whileOffline: boolean): Promise<void>;
  /** @throws GatewayError as `AppStateCalls` says */
  change(edit: AppStateEdit): Promise<void>;
}

/** Answers in a row that may bring more: 100 times 50 patches is a collection that nobody has looked at for a year. */
const MAX_ANSWERS = 100;

/** How often an edit is made anew because another device was faster. */
const MAX_TRIES = 3;

const CONFLICT = 409;

/**
 * What the devices of an account agree on. Baileys keeps how far it has read before it tells what it has read, and
 * takes WhatsApp's refusal of a change for a yes. Here what was read is stored first, and a version only behind it:
 * after a crash it is read again.
 */
export function createAppState(parts: AppStateParts): AppState {
  const { keys, keyId, book, report, log } = parts;
  // One thing at a time: each edit is made on the version that the one before has left.
  const turn = new Queue();
  /** Nothing is written on top of what was not read in full. */
  const broken = new Set<CollectionName>();
  const ask = (asked: readonly Asked[]) => answered(parts.query, syncQuery(asked), refusalOf);
  const keyOf: ReadingTools["keyOf"] = async (id) =>
    (await keys.get("app-state-sync-key", [id]))[id];

  async function known(name: CollectionName): Promise<LTHashState | undefined> {
    return (await keys.get("app-state-sync-version", [name]))[name];
  }

  async function keep(name: CollectionName, state: LTHashState): Promise<void> {
    await keys.set({ "app-state-sync-version": { [name]: state } });
  }

  async function tell(mutations: readonly Mutation[], whileOffline: boolean): Promise<void> {
    const changes: AppStateChange[] = [];
    for (const mutation of mutations) {
      const { name } = mutation.action.pushNameSetting ?? {};
      if (mutation.index[0] === OWN_NAME && name) await parts.rename(name);
      const change = await changeOf(mutation, book);
      if (change) changes.push(change);
    }
    if (changes.length > 0) await report(changes, whileOffline);
  }

  /** @returns what is left to ask for; nothing when this is all, or cannot be read */
  async function take(
    answer: Answered,
    before: Asked,
    whileOffline: boolean,
  ): Promise<Asked | undefined> {
    const { name, hasMore } = answer;
    const from = before.version === 0 ? undefined : await known(name);
    const tools = { ...parts, keyOf };
    broken.add(name);
    const read = await readAnswer(answer, from ?? newLTHashState(), tools).catch(
      (error: unknown) => {
        // A key that is missing comes by itself, and then all is read again.
        log.warn("app state could not be read", { name, error: asError(error).message });
      },
    );
    if (!read) return undefined;
    const { state, isSound, mutations } = read;
    if (!isSound && !before.wantsSnapshot) return { name, version: 0, wantsSnapshot: true };
    await tell(mutations, whileOffline);
    if (isSound) {
      await keep(name, state);
      broken.delete(name);
    } else {
      log.warn("app state does not add up", { name, version: state.version });
    }
    return hasMore && isSound ? { name, version: state.version, wantsSnapshot: false } : undefined;
  }

  async function begin(name: CollectionName): Promise<Asked> {
    const version = (await known(name))?.version ?? 0;
    return { name, version, wantsSnapshot: version === 0 };
  }

  async function catchUp(names: readonly CollectionName[], whileOffline: boolean): Promise<void> {
    let asked: readonly Asked[] = await Promise.all(names.map(begin));
    for (let round = 0; round < MAX_ANSWERS && asked.length > 0; round += 1) {
      const answers = collectionsIn(await ask(asked));
      const next: Asked[] = [];
      for (const answer of answers) {
        const before = asked.find(({ name }) => name === answer.name);
        const more = before && !answer.error && (await take(answer, before, whileOffline));
        if (more) next.push(more);
      }
      asked = next;
    }
  }

  /** @returns false when another device was faster */
  async function write(edit: AppStateEdit, state: LTHashState): Promise<boolean> {
    const id = keyId();
    if (id === undefined || (await keyOf(id)) === undefined) throw keyless();
    const made = patchOf(edit);
    const { type: name, index, syncAction } = made;
    const { patch, state: next } = await encodeSyncdPatch(made, id, state, keyOf);
    const bytes = proto.SyncdPatch.encode(patch).finish();
    const { version } = state;
    const answer = await ask([{ name, version, wantsSnapshot: false, patch: bytes }]);
    const error = collectionsIn(answer).find((each) => each.name === name)?.error;
    if (error?.code === CONFLICT) return false;
    if (error) throw refusalWith(error);
    await tell([{ index, action: syncAction }], false);
    await keep(name, next);
    return true;
  }

  async function make(edit: AppStateEdit): Promise<void> {
    const { type: name } = patchOf(edit);
    if (keyId() === undefined) throw keyless();
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      if (tries > 0 || (await known(name)) === undefined) await catchUp([name], false);
      if (broken.has(name)) throw unreadable(name);
      const state = (await known(name)) ?? newLTHashState();
      if (await write(edit, state)) return;
    }
    throw conflict();
  }

  return {
    change: (edit) => turn.run(() => make(edit)),
    sync: (names, whileOffline) =>
      turn.run(async () => {
        // Without a key nothing can be read; when it comes all is.
        if (keyId() === undefined) return;
        await catchUp(names, whileOffline).catch((error: unknown) => {
          if (!isOfWhatsApp(error)) throw error;
          log.info("app state was not asked for", { error: asError(error).message });
        });
      }),
  };
}

/** Whether WhatsApp is why, and not what is stored here: the next connection asks again. */
function isOfWhatsApp(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return true;
  return error.code !== "OWNERSHIP_LOST" && error.code !== "STORE_FAILED";
}
