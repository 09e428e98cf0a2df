import type { Config } from "../config.ts";
import { openDatabase } from "../store/database.ts";
import { reseal } from "../store/reseal.ts";
import { rotateKeyFile } from "../store/rotation.ts";

/**
 * Puts everything that is sealed under a new encryption key. The gateway has to be stopped meanwhile.
 * @returns what was done, for the one who asked
 * @throws Error that says what to do, VaultError
 */
export async function rotateKey(config: Config): Promise<string> {
  const { encryptionKey, oldEncryptionKeys, dataDir } = config;
  if (encryptionKey !== undefined && oldEncryptionKeys.length === 0) {
    throw new Error(
      "Set ENCRYPTION_KEY to the new key and ENCRYPTION_KEYS_OLD to the present one, and run this again. " +
        "openssl rand -base64 32 makes a key.",
    );
  }
  await using database = await openDatabase({ ...config, url: config.databaseUrl });
  if (encryptionKey === undefined) {
    const count = await rotateKeyFile(database, dataDir);
    return `All that is sealed (rows: ${count}) is under a new key, which is in ${dataDir}/encryption.key. Backups made before need the key of their time.`;
  }
  const count = await reseal(database, database.vault);
  return `All that is sealed (rows: ${count}) is under ENCRYPTION_KEY. Take ENCRYPTION_KEYS_OLD out of the environment; backups made before still need it.`;
}
