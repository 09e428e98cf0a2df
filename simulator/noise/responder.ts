import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  proto,
  sha256,
} from "@whiskeysockets/baileys";
import type { ServerCertificate } from "./server-certificate.ts";

const EMPTY = Buffer.alloc(0);
const KEY_BYTES = 32;

/** What a client has proven and declared when the handshake is over. */
export interface ClientHello {
  readonly payload: proto.ClientPayload;
  readonly staticKey: Buffer;
}

/** The server's side of Noise_XX_25519_AESGCM_SHA256: hello, finish, then one key per direction. */
export class NoiseResponder {
  readonly #certificate: ServerCertificate;
  readonly #ephemeral = Curve.generateKeyPair();
  #hash: Buffer = Buffer.from(NOISE_MODE);
  #chainingKey: Buffer = this.#hash;
  #handshake = new Cipher(this.#hash);
  #inbound: Cipher | undefined;
  #outbound: Cipher | undefined;

  constructor(certificate: ServerCertificate) {
    this.#certificate = certificate;
  }

  get isOpen(): boolean {
    return this.#inbound !== undefined;
  }

  /** Takes the client's hello and returns the body of the server's. */
  answerHello(header: Buffer, body: Buffer): Uint8Array {
    const { clientHello } = proto.HandshakeMessage.decode(body);
    const clientEphemeral = Buffer.from(clientHello?.ephemeral ?? EMPTY);
    if (clientEphemeral.length !== KEY_BYTES) throw new Error("hello without an ephemeral key");
    this.#mixHash(header);
    this.#mixHash(clientEphemeral);
    this.#mixHash(this.#ephemeral.public);
    this.#mixKey(this.#ephemeral.private, clientEphemeral);
    const staticKey = this.#seal(this.#certificate.key.public);
    this.#mixKey(this.#certificate.key.private, clientEphemeral);
    const payload = this.#seal(this.#certificate.chain);
    const ephemeral = this.#ephemeral.public;
    return proto.HandshakeMessage.encode({
      serverHello: { ephemeral, static: staticKey, payload },
    }).finish();
  }

  /** Takes the client's finish; from here on frames are encrypted with the transport keys. */
  acceptFinish(body: Buffer): ClientHello {
    const { clientFinish } = proto.HandshakeMessage.decode(body);
    const staticKey = this.#open(Buffer.from(clientFinish?.static ?? EMPTY));
    this.#mixKey(this.#ephemeral.private, staticKey);
    const payload = proto.ClientPayload.decode(
      this.#open(Buffer.from(clientFinish?.payload ?? EMPTY)),
    );
    const [first, second] = this.#split(EMPTY);
    this.#inbound = new Cipher(first);
    this.#outbound = new Cipher(second);
    return { payload, staticKey };
  }

  encrypt(plaintext: Uint8Array): Buffer {
    if (this.#outbound === undefined) throw new Error("handshake not finished");
    return this.#outbound.encrypt(plaintext, EMPTY);
  }

  decrypt(ciphertext: Uint8Array): Buffer {
    if (this.#inbound === undefined) throw new Error("handshake not finished");
    return this.#inbound.decrypt(ciphertext, EMPTY);
  }

  #mixHash(data: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, data]));
  }

  #mixKey(privateKey: Uint8Array, publicKey: Uint8Array): void {
    const [chainingKey, key] = this.#split(Curve.sharedKey(privateKey, publicKey));
    this.#chainingKey = chainingKey;
    this.#handshake = new Cipher(key);
  }

  #split(material: Uint8Array): readonly [Buffer, Buffer] {
    const salt = this.#chainingKey;
    const keys = Buffer.from(hkdf(material, 2 * KEY_BYTES, { salt, info: "" }));
    return [keys.subarray(0, KEY_BYTES), keys.subarray(KEY_BYTES)];
  }

  #seal(plaintext: Uint8Array): Buffer {
    const ciphertext = this.#handshake.encrypt(plaintext, this.#hash);
    this.#mixHash(ciphertext);
    return ciphertext;
  }

  #open(ciphertext: Buffer): Buffer {
    const plaintext = this.#handshake.decrypt(ciphertext, this.#hash);
    this.#mixHash(ciphertext);
    return plaintext;
  }
}

/** AES-256-GCM whose 12-byte nonce is a 32-bit big-endian counter in its last four bytes. */
class Cipher {
  readonly #key: Buffer;
  #counter = 0;

  constructor(key: Buffer) {
    this.#key = key;
  }

  encrypt(plaintext: Uint8Array, associated: Buffer): Buffer {
    return aesEncryptGCM(plaintext, this.#key, this.#nonce(), associated);
  }

  decrypt(ciphertext: Uint8Array, associated: Buffer): Buffer {
    return aesDecryptGCM(ciphertext, this.#key, this.#nonce(), associated);
  }

  #nonce(): Buffer {
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(this.#counter, 8);
    this.#counter += 1;
    return nonce;
  }
}
