import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VaultError } from "./vault.ts";

/**
 * The encryption key of a gateway that was given none: made at the first start, readable by its
 * user only, and kept beside the database but never in it.
 */
export function keyFromFile(dataDir: string): Uint8Array {
  const path = join(dataDir, "encryption.key");
  try {
    writeFileSync(path, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const key = Buffer.from(readFileSync(path, "utf8").trim(), "base64");
  if (key.length !== 32) throw new VaultError(`${path} does not hold 32 bytes in base64`);
  return key;
}
