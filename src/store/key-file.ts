import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VaultError } from "./vault.ts";

/** The current key, and those before it while a change of keys is on its way. */
export type Keys = readonly [current: Uint8Array, ...old: Uint8Array[]];

const pathIn = (dataDir: string): string => join(dataDir, "encryption.key");

/**
 * The encryption keys of a gateway that was given none: one is made at the first start, readable by its
 * user only, and kept beside the database but never in it. A line each, the current one first.
 * @throws VaultError when the file does not hold keys
 */
export function keysFromFile(dataDir: string): Keys {
  const path = pathIn(dataDir);
  try {
    writeFileSync(path, inLines([newKey()]), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const [current, ...old] = lines.map((line) => Buffer.from(line.trim(), "base64"));
  if (current === undefined || [current, ...old].some(({ length }) => length !== 32)) {
    throw new VaultError(`${path} does not hold 32 bytes in base64`);
  }
  return [current, ...old];
}

/** Puts other keys into the file, all at once or not at all, whenever the machine may stop. */
export function writeKeyFile(dataDir: string, keys: Keys): void {
  const path = pathIn(dataDir);
  const made = `${path}.new`;
  writeFileSync(made, inLines(keys), { mode: 0o600 });
  sync(made);
  renameSync(made, path);
  sync(dataDir);
}

export function newKey(): Uint8Array {
  return randomBytes(32);
}

function inLines(keys: Keys): string {
  return keys.map((key) => `${Buffer.from(key).toString("base64")}\n`).join("");
}

function sync(path: string): void {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
}
