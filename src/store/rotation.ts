import type { Database } from "./database.ts";
import { keysFromFile, newKey, writeKeyFile } from "./key-file.ts";
import { reseal } from "./reseal.ts";
import { createVault } from "./vault.ts";

/**
 * Gives the data directory a new encryption key and seals everything with it. Both keys are in the key file
 * until all is done, so that a rotation that is cut off loses nothing: the gateway starts on both, and the
 * next rotation goes on with this one.
 * @returns how many rows were sealed anew
 */
export async function rotateKeyFile(
  database: Pick<Database, "read" | "writer">,
  dataDir: string,
): Promise<number> {
  const [current, ...old] = keysFromFile(dataDir);
  if (old.length === 0) writeKeyFile(dataDir, [newKey(), current]);
  const [fresh, ...before] = keysFromFile(dataDir);
  const count = await reseal(database, createVault(fresh, before));
  writeKeyFile(dataDir, [fresh]);
  return count;
}
