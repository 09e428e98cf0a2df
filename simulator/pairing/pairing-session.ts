import { proto } from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";
import type { AccountState } from "../accounts/account-state.ts";
import type { CompanionKeys } from "../accounts/companion.ts";
import type { Connection } from "../connection/connection.ts";
import type { ClientHello } from "../noise/responder.ts";
import { deviceJid, SERVER } from "../protocol/jid.ts";
import { type BinaryNode, unixSeconds } from "../protocol/nodes.ts";
import { uint } from "../signal/key-bundle.ts";
import { signDeviceIdentity } from "./device-identity.ts";

const EMPTY = Buffer.alloc(0);

/** WhatsApp sends six, of which a client shows one after the other. */
const QR_REFS = 6;

/** A client that is not linked yet: it shows QR codes (or a pairing code) until a phone accepts it. */
export class PairingSession {
  readonly refs: readonly string[];
  readonly keys: CompanionKeys;
  readonly connection: Connection;
  readonly #signed = Promise.withResolvers<void>();

  constructor(connection: Connection, hello: ClientHello) {
    this.connection = connection;
    this.keys = companionKeys(hello);
    this.refs = Array.from({ length: QR_REFS }, () => randomBytes(16).toString("base64url"));
    // A session that nobody links ends without anyone waiting for the signature.
    this.#signed.promise.catch(() => undefined);
  }

  offerQrCodes(): void {
    const refs = this.refs.map((ref) => ({ tag: "ref", attrs: {}, content: Buffer.from(ref) }));
    this.connection.send(request("pair-device", refs));
  }

  /** Tells the client that the phone accepted it; resolves when the client has signed in return. */
  async complete(account: AccountState, device: number, advSecret: Uint8Array): Promise<void> {
    const { identity } = account.handset.signal;
    const content = signDeviceIdentity(identity, device, this.keys.bundle.identity, advSecret);
    const address = { phone: account.phone, device };
    const jid = deviceJid(address, "pn");
    const lid = deviceJid(address, "lid");
    this.connection.send(
      request("pair-success", [
        { tag: "device-identity", attrs: {}, content },
        { tag: "platform", attrs: { name: "android" } },
        { tag: "device", attrs: { jid, lid } },
      ]),
    );
    await this.#signed.promise;
  }

  /** The client's answer to `pair-success`. */
  signed(): void {
    this.#signed.resolve();
  }

  closed(): void {
    this.#signed.reject(new Error("the client went away while it was being linked"));
  }
}

function request(tag: string, content: BinaryNode[]): BinaryNode {
  const id = randomBytes(8).toString("hex");
  const t = String(unixSeconds());
  return {
    tag: "iq",
    attrs: { id, type: "set", xmlns: "md", from: SERVER, t },
    content: [{ tag, attrs: {}, content }],
  };
}

function companionKeys({ payload, staticKey }: ClientHello): CompanionKeys {
  const data = payload.devicePairingData;
  if (!data?.eIdent || !data.eSkeyVal || !data.eSkeySig || !data.eRegid || !data.eSkeyId) {
    throw new Error("registration without keys");
  }
  return {
    noiseKey: staticKey,
    props: proto.DeviceProps.decode(data.deviceProps ?? EMPTY),
    bundle: {
      registrationId: uint(data.eRegid),
      identity: data.eIdent,
      signedPreKey: {
        keyId: uint(data.eSkeyId),
        publicKey: data.eSkeyVal,
        signature: data.eSkeySig,
      },
      preKey: undefined,
    },
  };
}
