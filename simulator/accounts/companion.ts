import type { proto } from "@whiskeysockets/baileys";
import type { Connection } from "../connection/connection.ts";
import { type Addressing, type DeviceAddress, deviceJid, type UserJid } from "../protocol/jid.ts";
import { PresenceWatch } from "../presence/presence-watch.ts";
import type { BinaryNode } from "../protocol/nodes.ts";
import type { KeyBundle, PublicPreKey } from "../signal/key-bundle.ts";
import { Outbox } from "./outbox.ts";

/** A client uploads 812 keys at its first login; more than two such uploads are of no use to anyone. */
const MAX_PRE_KEYS = 2_000;

/** What a device declared about itself when it was linked. */
export interface CompanionKeys {
  readonly noiseKey: Buffer;
  /** Its name, and whether it wants all the history. */
  readonly props: proto.DeviceProps;
  /** Without a one-time key: enough for a first message before the device has uploaded any. */
  readonly bundle: KeyBundle;
}

export interface ShownDevice {
  readonly device: number;
  readonly online: boolean;
  readonly name: string;
  /** Of the client, such as `2.3000.1023`. */
  readonly version: string;
  /** Whether it asked for all the history when it was linked. */
  readonly fullSync: boolean;
}

/** A linked device of an account: a gateway's socket, its keys, and what waits for it. */
export class Companion {
  readonly address: DeviceAddress;
  readonly noiseKey: Buffer;
  readonly outbox: Outbox;
  readonly #props: proto.DeviceProps;
  /** Of the client, as it said at its last login. */
  #version = "";
  presence = new PresenceWatch();
  #bundle: KeyBundle;
  #preKeys: PublicPreKey[] = [];
  #connection: Connection | undefined;

  constructor(address: DeviceAddress, keys: CompanionKeys, onOverflow: () => void) {
    this.address = address;
    this.noiseKey = keys.noiseKey;
    this.#bundle = keys.bundle;
    this.#props = keys.props;
    this.outbox = new Outbox(onOverflow);
  }

  get connection(): Connection | undefined {
    return this.#connection;
  }

  get preKeyCount(): number {
    return this.#preKeys.length;
  }

  jid(addressing: Addressing): UserJid {
    return deviceJid(this.address, addressing);
  }

  /** Keeps the stanza until the device confirms it, and sends it at once when the device is online. */
  deliver(node: BinaryNode): void {
    this.outbox.add(node);
    this.#connection?.send(node);
  }

  /** What the phone shows of it. */
  get shown(): ShownDevice {
    return {
      device: this.address.device,
      online: this.#connection !== undefined,
      name: this.#props.os ?? "",
      version: this.#version,
      fullSync: this.#props.requireFullSync ?? false,
    };
  }

  attach(connection: Connection, version: string): void {
    this.#version = version;
    this.#connection = connection;
    this.presence = new PresenceWatch();
  }

  detach(connection: Connection): void {
    if (this.#connection === connection) this.#connection = undefined;
  }

  storeKeys(bundle: KeyBundle, preKeys: readonly PublicPreKey[]): void {
    this.#bundle = bundle;
    this.#preKeys = [...this.#preKeys, ...preKeys].slice(-MAX_PRE_KEYS);
  }

  /** A bundle for one session; it uses up a one-time key while there are any. */
  takeBundle(): KeyBundle {
    return { ...this.#bundle, preKey: this.#preKeys.shift() };
  }

  get registrationId(): number {
    return this.#bundle.registrationId;
  }
}
