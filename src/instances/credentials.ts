import { GatewayError, notLinked } from "../domain/errors.ts";
import type { Instance } from "../domain/instance.ts";
import type { Engine } from "../engine/engine.ts";
import type { SessionImage } from "../engine/session-state.ts";
import { freshRecord } from "./fresh-record.ts";
import { insertSession, type InsertNeeds } from "./insert-session.ts";
import type { InstanceRecord } from "./records.ts";
import { checkPassphrase, isSessionFile, openSession, sealSession } from "./session-file.ts";
import type { SessionStore } from "./session-store.ts";

/** What a session that moves consists of. */
export interface CredentialsImport {
  readonly id?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** Of a file that was exported. */
  readonly passphrase?: string | null | undefined;
  /** What was exported, or the files of Baileys' auth folder by their names. */
  readonly from: { readonly file: Buffer } | { readonly folder: ReadonlyMap<string, string> };
}

/** Links that move from one gateway to another, or in from a program that uses Baileys. */
export interface Credentials {
  /**
   * Stops the instance, as WhatsApp lets one socket have a session at a time.
   * @returns the encrypted file
   * @throws GatewayError INSTANCE_NOT_FOUND, NOT_LINKED, BAD_INPUT (passphrase)
   */
  export(id: string, passphrase: string): Promise<Buffer>;
  /**
   * Makes a new instance of a session, which connects without being scanned.
   * @throws GatewayError INSTANCE_EXISTS, BAD_INPUT (id, no passphrase), CREDENTIALS_INVALID, PASSPHRASE_WRONG
   */
  import(request: CredentialsImport): Promise<Instance>;
}

export interface CredentialsNeeds extends InsertNeeds {
  readonly sessions: Pick<SessionStore, "restore" | "image">;
  readonly readAuthFolder: Engine["readAuthFolder"];
  readonly instances: {
    get(id: string): Promise<Instance>;
    stop(id: string): Promise<Instance>;
    /** Takes care of an instance that was stored just now. */
    adopt(record: InstanceRecord): Promise<Instance>;
  };
}

export function createCredentials(needs: CredentialsNeeds): Credentials {
  const { sessions, instances, readAuthFolder } = needs;

  async function imageOf({ from, passphrase }: CredentialsImport): Promise<SessionImage> {
    if ("folder" in from) return readAuthFolder(from.folder);
    if (!isSessionFile(from.file)) return readAuthFolder(filesIn(from.file));
    if (passphrase) return openSession(from.file, passphrase);
    const message = "Say with which passphrase the file was exported.";
    throw new GatewayError("BAD_INPUT", message, { argument: "passphrase" });
  }

  return {
    async export(id, passphrase) {
      const before = await instances.get(id);
      if (before.linkedAt === null) throw notLinked(id, before.status);
      checkPassphrase(passphrase);
      const { id: instanceId, pn, lid, profileName: name } = await instances.stop(id);
      const session = await sessions.image(instanceId);
      const own = pn ?? lid;
      if (!session || !own) throw notLinked(id, before.status);
      return sealSession({ ...session, me: { id: lid ?? own, pn, lid }, name }, passphrase);
    },
    async import(request) {
      const fresh = freshRecord(request.id ?? null, request.name ?? null);
      const image = await imageOf(request);
      return instances.adopt(await insertSession(needs, fresh, image));
    },
  };
}

/** A folder as one JSON object of names and contents, each a text or what it holds. */
function filesIn(file: Buffer): ReadonlyMap<string, string> {
  try {
    const parsed = JSON.parse(file.toString()) as Readonly<Record<string, unknown>>;
    return new Map(
      Object.entries(parsed).map(([name, content]) => [
        name,
        typeof content === "string" ? content : JSON.stringify(content),
      ]),
    );
  } catch (cause) {
    throw new GatewayError(
      "CREDENTIALS_INVALID",
      "The file is neither an export of a gateway, nor a JSON object of the files of Baileys' auth folder.",
      {},
      cause,
    );
  }
}
