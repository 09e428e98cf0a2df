import { Audit } from "../access/audit.ts";
import type { Config } from "../config.ts";
import { openDatabase } from "../store/database.ts";

/**
 * Goes through the audit trail of a stopped gateway, or of a backup. One that runs is asked with
 * `GET /audit/verify`.
 * @returns what was found, for the one who asked
 * @throws Error when an entry is not as it was written
 */
export async function verifyAudit(config: Config): Promise<string> {
  await using database = await openDatabase({ ...config, url: config.databaseUrl });
  const audit = await Audit.open(database);
  const { checked, brokenAt, head } = await audit.verify();
  if (brokenAt !== null) {
    throw new Error(`The audit trail is broken: entry ${brokenAt} was changed or taken out.`);
  }
  const newest = head ? ` The newest is ${head.position}, with the hash ${head.hash}.` : "";
  return `The audit trail is intact: ${checked} entries are as they were written.${newest}`;
}
