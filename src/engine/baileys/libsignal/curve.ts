import { createRequire } from "node:module";

/** What we use of libsignal's `src/curve.js`. Keys and results are Buffers. */
export interface Curve {
  generateKeyPair(): { readonly pubKey: Uint8Array; readonly privKey: Uint8Array };
  calculateSignature(privateKey: Uint8Array, message: Uint8Array): Uint8Array;
  verifySignature(
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
    trusted?: boolean,
  ): boolean;
}

/** The very module object that Baileys' copy of libsignal uses: found from Baileys, not from here. */
const fromBaileys = createRequire(
  createRequire(import.meta.url).resolve("@whiskeysockets/baileys"),
);

export const curve = fromBaileys("libsignal/src/curve.js") as Curve;
