import { asError } from "../../domain/errors.ts";
import type { SessionState } from "../session-state.ts";
import { type AuthenticationCreds, BufferJSON, initAuthCreds, proto } from "./library.ts";

/**
 * The stored credentials, or fresh ones. A pairing attempt that was given up leaves `me` behind,
 * and Baileys would log in with it instead of registering: only a signed device identity
 * (`account`) proves a link, so whatever lacks one is thrown away.
 */
export async function loadCredentials(state: SessionState): Promise<AuthenticationCreds> {
  const bytes = await state.loadCredentials();
  if (bytes === undefined) return initAuthCreds();
  const creds = JSON.parse(
    Buffer.from(bytes).toString(),
    BufferJSON.reviver,
  ) as AuthenticationCreds;
  if (!isLinked(creds)) return initAuthCreds();
  return { ...creds, account: proto.ADVSignedDeviceIdentity.fromObject({ ...creds.account }) };
}

export function isLinked(creds: AuthenticationCreds): boolean {
  return creds.account !== undefined && creds.me !== undefined;
}

export interface CredentialsKeeper {
  /** Stores the credentials as they are by now; what is called meanwhile is one more save. */
  save(): void;
  /** Resolves when the last save is durable or has failed. */
  flush(): Promise<void>;
}

/**
 * Stores credentials whole and one save after the other: Baileys reports parts, and a later part
 * must not be overtaken by an earlier one. Nothing is stored before the account is linked.
 */
export function createCredentialsKeeper(
  state: SessionState,
  creds: AuthenticationCreds,
  onFailure: (error: Error) => void,
): CredentialsKeeper {
  let saved = "";
  let dirty = false;
  let running = Promise.resolve();

  async function work(): Promise<void> {
    if (!dirty) return;
    dirty = false;
    const text = JSON.stringify(creds, BufferJSON.replacer);
    if (text === saved) return;
    try {
      await state.saveCredentials(Buffer.from(text));
      saved = text;
    } catch (error) {
      onFailure(asError(error));
    }
  }

  return {
    save() {
      if (!isLinked(creds)) return;
      dirty = true;
      running = running.then(work);
    },
    flush: () => running,
  };
}
