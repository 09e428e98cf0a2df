import type { Config } from "../config.ts";
import { createContactBook } from "../directory/contact-book.ts";
import { steadyNow } from "../lib/steady-clock.ts";
import { freshRecord } from "../instances/fresh-record.ts";
import { insertSession } from "../instances/insert-session.ts";
import { createSessionStore } from "../instances/session-store.ts";
import { openDatabase } from "../store/database.ts";
import { Bell } from "../lib/bell.ts";
import { openLog } from "./log.ts";

/**
 * Makes an instance of Baileys' files in the database of a stopped gateway, which connects it at its next start.
 * @returns the phone number
 * @throws GatewayError CREDENTIALS_INVALID, INSTANCE_EXISTS, BAD_INPUT
 */
export async function importFiles(
  config: Config,
  id: string,
  files: ReadonlyMap<string, string>,
): Promise<string | null> {
  const fresh = freshRecord(id, null);
  // Not with every start: Baileys and what it brings along are a third of what that reads.
  const { readAuthFolder } = await import("../engine/baileys/auth-folder.ts");
  const image = readAuthFolder(files);
  await using database = await openDatabase({ ...config, url: config.databaseUrl });
  const contacts = createContactBook(steadyNow);
  // Nobody delivers and nobody copies while the gateway is stopped.
  const told = { database, contacts, bell: new Bell(), copyBell: new Bell() };
  const events = await openLog(config, told, undefined);
  const needs = { database, events, sessions: createSessionStore(database) };
  const { phoneNumber } = await insertSession(needs, fresh, image);
  return phoneNumber;
}
