import { proto } from "@whiskeysockets/baileys";

/** Patches that a device may still ask for one by one; whoever is further behind gets a snapshot. */
const MAX_PATCHES = 1_000;

const { SyncdOperation } = proto.SyncdMutation;

/**
 * One collection as the server has it: a version, the patches that led to it, and what they left. The server
 * reads none of it, and so it cannot check it either: that is for the devices.
 */
export class Collection {
  #version = 0;
  #patches: { readonly version: number; readonly bytes: Uint8Array }[] = [];
  readonly #records = new Map<string, proto.ISyncdRecord>();
  #last: proto.ISyncdPatch | undefined;

  get version(): number {
    return this.#version;
  }

  /** Takes a patch that was made on the newest version; false for one that was made on another. */
  push(base: number, bytes: Uint8Array): boolean {
    if (base !== this.#version) return false;
    const patch = proto.SyncdPatch.decode(bytes);
    this.#version += 1;
    patch.version = { version: this.#version };
    for (const { operation, record } of patch.mutations) {
      const index = Buffer.from(record?.index?.blob ?? []).toString("base64");
      if (operation === SyncdOperation.REMOVE) this.#records.delete(index);
      else if (record) this.#records.set(index, record);
    }
    this.#last = patch;
    this.#patches.push({
      version: this.#version,
      bytes: proto.SyncdPatch.encode(patch).finish(),
    });
    this.#patches = this.#patches.slice(-MAX_PATCHES);
    return true;
  }

  /** The patches behind a version; nothing when one of them is kept no more. */
  since(version: number): readonly Uint8Array[] | undefined {
    const first = this.#patches[0]?.version ?? this.#version + 1;
    if (version + 1 < first && version < this.#version) return undefined;
    return this.#patches.filter((patch) => patch.version > version).map(({ bytes }) => bytes);
  }

  /** All that holds, as one; nothing when there has never been anything. */
  snapshot(): Uint8Array | undefined {
    if (!this.#last) return undefined;
    const { snapshotMac: mac, keyId } = this.#last;
    const records = [...this.#records.values()];
    const version = { version: this.#version };
    return proto.SyncdSnapshot.encode({
      version,
      records,
      ...(mac ? { mac } : {}),
      ...(keyId ? { keyId } : {}),
    }).finish();
  }
}
