import { decodeBinaryNode, encodeBinaryNode } from "@whiskeysockets/baileys";
import { randomBytes } from "node:crypto";
import type { WebSocket } from "ws";
import { FrameReader, frame } from "../noise/frames.ts";
import { type ClientHello, NoiseResponder } from "../noise/responder.ts";
import type { ServerCertificate } from "../noise/server-certificate.ts";
import type { BinaryNode } from "../protocol/nodes.ts";
import { Line } from "./line.ts";

/** How long a client may take to finish the handshake. Baileys needs about 30 ms on loopback. */
const HANDSHAKE_TIMEOUT_MS = 20_000;
/** After our last stanza, how long the client gets to close by itself before the socket is cut. */
const GOODBYE_MS = 500;

export interface ConnectionEvents {
  onOpen(hello: ClientHello): void;
  onNode(node: BinaryNode): void;
  onClose(): void;
  /** The client sent what cannot be read; the connection has been cut. */
  onJunk(error: unknown): void;
}

/** One client: handshake, frames, stanzas in order. Whatever it sends, only this connection suffers. */
export class Connection {
  readonly inbound = new Line();
  readonly outbound = new Line();
  readonly #socket: WebSocket;
  readonly #noise: NoiseResponder;
  readonly #frames = new FrameReader();
  readonly #events: ConnectionEvents;
  #decoding: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout;
  #hello: Uint8Array | undefined;
  #closed = false;

  constructor(socket: WebSocket, certificate: ServerCertificate, events: ConnectionEvents) {
    this.#socket = socket;
    this.#noise = new NoiseResponder(certificate);
    this.#events = events;
    this.#timer = setTimeout(() => this.terminate(), HANDSHAKE_TIMEOUT_MS);
    socket.on("message", (data: Buffer) => this.#guard(() => this.#read(data)));
    socket.on("close", () => this.#onClose());
    // A reset is followed by "close"; without a listener it would end the process.
    socket.on("error", () => this.terminate());
  }

  send(node: BinaryNode): void {
    if (this.#closed) return;
    this.#guard(() => this.outbound.run(() => this.#write(node)));
  }

  /** Sends a frame that no client can decrypt. */
  sendJunk(): void {
    if (!this.#closed) this.#socket.send(frame(randomBytes(64)));
  }

  /** Sends a last stanza and closes; a client that does not go by itself is cut off. */
  bye(node: BinaryNode): void {
    this.send(node);
    this.inbound.stop();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.terminate(), GOODBYE_MS);
  }

  terminate(): void {
    this.#socket.terminate();
    this.#onClose();
  }

  #read(data: Buffer): void {
    for (const body of this.#frames.push(data)) {
      if (!this.#closed) this.#readFrame(body);
    }
  }

  #readFrame(body: Buffer): void {
    if (this.#noise.isOpen) {
      const plaintext = this.#noise.decrypt(body);
      // Decoding is asynchronous (some frames are deflated): the chain keeps stanzas in order.
      this.#decoding = this.#decoding.then(async () => {
        try {
          const node = await decodeBinaryNode(plaintext);
          this.inbound.run(() => this.#guard(() => this.#events.onNode(node)));
        } catch (error) {
          this.#junk(error);
        }
      });
    } else if (this.#hello === undefined) {
      this.#hello = this.#noise.answerHello(this.#frames.header, body);
      this.#socket.send(frame(this.#hello));
    } else {
      const hello = this.#noise.acceptFinish(body);
      clearTimeout(this.#timer);
      this.#events.onOpen(hello);
    }
  }

  #write(node: BinaryNode): void {
    if (!this.#closed) this.#socket.send(frame(this.#noise.encrypt(encodeBinaryNode(node))));
  }

  #guard(work: () => void): void {
    if (this.#closed) return;
    try {
      work();
    } catch (error) {
      this.#junk(error);
    }
  }

  #junk(error: unknown): void {
    if (this.#closed) return;
    this.#events.onJunk(error);
    this.terminate();
  }

  #onClose(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.inbound.stop();
    this.outbound.stop();
    this.#events.onClose();
  }
}
