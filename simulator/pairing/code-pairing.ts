import { Curve } from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";
import type { AccountState } from "../accounts/account-state.ts";
import { SERVER } from "../protocol/jid.ts";
import { type BinaryNode, bytesOf, unixSeconds } from "../protocol/nodes.ts";
import { deriveAdvSecret } from "./adv-secret.ts";
import { normalizeCode, unwrapKey, wrapKey } from "./pairing-code.ts";
import type { PairingSession } from "./pairing-session.ts";

/** One attempt to link by code: the client's hello, the phone's answer, the client's finish. */
export class CodePairing {
  readonly session: PairingSession;
  readonly ref = randomBytes(16);
  readonly #hello: BinaryNode;
  readonly #finished = Promise.withResolvers<BinaryNode>();

  constructor(session: PairingSession, hello: BinaryNode) {
    this.session = session;
    this.#hello = hello;
    // An attempt that nobody confirms ends without anyone waiting for its finish.
    this.#finished.promise.catch(() => undefined);
  }

  /** The person enters the code on the phone; returns the secret that both sides now share. */
  async enterCode(account: AccountState, text: string): Promise<Buffer> {
    const code = normalizeCode(text);
    const { identity } = account.handset.signal;
    const ephemeral = Curve.generateKeyPair();
    const wrapped = bytesOf(this.#hello, "link_code_pairing_wrapped_companion_ephemeral_pub");
    const companionEphemeral = await unwrapKey(wrapped, code);
    this.session.connection.send(
      notification([
        {
          tag: "link_code_pairing_wrapped_primary_ephemeral_pub",
          attrs: {},
          content: await wrapKey(ephemeral.public, code),
        },
        { tag: "primary_identity_pub", attrs: {}, content: identity.public },
        { tag: "link_code_pairing_ref", attrs: {}, content: this.ref },
      ]),
    );
    const finish = await this.#finished.promise;
    const companionIdentity = Buffer.from(this.session.keys.bundle.identity);
    const bundle = bytesOf(finish, "link_code_pairing_wrapped_key_bundle");
    return deriveAdvSecret(ephemeral, identity, companionEphemeral, companionIdentity, bundle);
  }

  finish(node: BinaryNode): void {
    this.#finished.resolve(node);
  }

  closed(): void {
    this.#finished.reject(new Error("the client went away while it was being linked"));
  }
}

function notification(content: BinaryNode[]): BinaryNode {
  const t = String(unixSeconds());
  return {
    tag: "notification",
    attrs: { id: randomBytes(8).toString("hex"), from: SERVER, type: "link_code_companion_reg", t },
    content: [{ tag: "link_code_companion_reg", attrs: { stage: "primary_hello" }, content }],
  };
}
