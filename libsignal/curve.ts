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

/** Finds the very module objects that Baileys' copy of libsignal uses: from Baileys, not from here. */
export const fromBaileys = createRequire(
  createRequire(import.meta.url).resolve("@whiskeysockets/baileys"),
);

export const curve = fromBaileys("libsignal/src/curve.js") as Curve;
