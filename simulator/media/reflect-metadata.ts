// @peculiar/x509 loads tsyringe, which refuses to start without the metadata part of `Reflect`. It uses
// three functions, for class constructors only, so a table of our own serves instead of a polyfill.
const table = new WeakMap<object, Map<unknown, unknown>>();

const metadata = {
  defineMetadata(key: unknown, value: unknown, target: object): void {
    const entries = table.get(target) ?? new Map<unknown, unknown>();
    table.set(target, entries.set(key, value));
  },
  getOwnMetadata(key: unknown, target: object): unknown {
    return table.get(target)?.get(key);
  },
  getMetadata(key: unknown, target: object): unknown {
    const own = metadata.getOwnMetadata(key, target);
    const parent: unknown = Object.getPrototypeOf(target);
    if (own !== undefined || typeof parent !== "function") return own;
    return metadata.getMetadata(key, parent);
  },
};

if (!("getMetadata" in Reflect)) Object.assign(Reflect, metadata);
