import { addressOf } from "../../domain/address.ts";
import { GatewayError } from "../../domain/errors.ts";
import type { SessionImage, StoredKey } from "../session-state.ts";
import { isLinked } from "./credentials.ts";
import {
  decodeKey,
  encodeKey,
  type KeyType,
  type KeyValue,
  readableSenderKey,
} from "./keys/codec.ts";
import { type AuthenticationCreds, BufferJSON } from "./library.ts";

const CREDS = "creds.json";

/** The longer first where one begins like another. */
const TYPES: readonly KeyType[] = [
  "app-state-sync-version",
  "app-state-sync-key",
  "sender-key-memory",
  "sender-key",
  "identity-key",
  "lid-mapping",
  "device-list",
  "pre-key",
  "session",
  "tctoken",
];

/**
 * Reads what Baileys' `useMultiFileAuthState` has written. Files of other names are left alone.
 * @param files contents by file name
 * @throws GatewayError CREDENTIALS_INVALID that names the file
 */
export function readAuthFolder(files: ReadonlyMap<string, string>): SessionImage {
  const text = files.get(CREDS);
  if (text === undefined) throw invalid(`There is no ${CREDS} among the files.`);
  const creds = { ...(parse(CREDS, text) as Partial<AuthenticationCreds> | null) };
  if (!isWhole(creds) || !isLinked(creds)) {
    throw invalid(`${CREDS} is not that of a linked device: it was never linked, or is cut off.`);
  }
  const { me } = creds;
  const keys = [...files].flatMap(([name, content]) => keyIn(name, content) ?? []);
  return {
    credentials: Buffer.from(JSON.stringify(creds, BufferJSON.replacer)),
    keys,
    me: addressOf(me?.id, me?.lid),
    name: me?.name ?? null,
  };
}

function keyIn(file: string, content: string): StoredKey | undefined {
  const type = TYPES.find((each) => file.startsWith(`${each}-`));
  if (type === undefined || !file.endsWith(".json")) return undefined;
  const id = idIn(type, file.slice(type.length + 1, -".json".length));
  const parsed = parse(file, content);
  // What was removed while Baileys wrote it.
  if (parsed === null) return undefined;
  try {
    const value = encodeKey(type, checked(type, parsed as KeyValue));
    decodeKey(type, value);
    return { type, id, value: type === "sender-key" ? readableSenderKey(value) : value };
  } catch (error) {
    throw invalid(`${file} holds no key of its kind.`, error);
  }
}

/** Baileys writes `/` as `__` and `:` as `-`, which stand in these ids alone. */
function idIn(type: KeyType, name: string): string {
  if (type === "app-state-sync-key") return name.replaceAll("__", "/");
  return type === "sender-key" ? name.replace(/--([^-]+)--(\d+)$/, "::$1::$2") : name;
}

/** @throws Error */
function checked(type: KeyType, value: KeyValue): KeyValue {
  if ((SHAPES[type] ?? isRecord)(value)) return value;
  throw new Error("it has another shape");
}

const isBytes = (value: unknown): boolean => value instanceof Uint8Array;
const isKey = (value: unknown): boolean => value instanceof Uint8Array && value.length >= 32;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !isBytes(value);
const isPair = (value: unknown): boolean =>
  isRecord(value) && isKey(value["public"]) && isKey(value["private"]);

/** The others are objects. */
const SHAPES: { readonly [type in KeyType]?: (value: unknown) => boolean } = {
  "pre-key": isPair,
  "sender-key": isBytes,
  "identity-key": isBytes,
  "lid-mapping": (value) => typeof value === "string",
  "device-list": Array.isArray,
};

/** Whether there is what no connection can do without. */
function isWhole(creds: Partial<AuthenticationCreds>): creds is AuthenticationCreds {
  const { noiseKey, signedIdentityKey, signedPreKey, registrationId } = creds;
  const hasKeys = [noiseKey, signedIdentityKey, signedPreKey?.keyPair].every(isPair);
  return hasKeys && typeof registrationId === "number";
}

function parse(file: string, content: string): unknown {
  try {
    return JSON.parse(content, BufferJSON.reviver) as unknown;
  } catch (error) {
    throw invalid(`${file} is not the JSON that Baileys writes.`, error);
  }
}

function invalid(what: string, cause?: unknown): GatewayError {
  const message = `These credentials cannot be taken over. ${what}`;
  return new GatewayError("CREDENTIALS_INVALID", message, {}, cause);
}
