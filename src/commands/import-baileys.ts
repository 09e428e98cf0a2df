import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { importFiles } from "../wiring/importer.ts";

/**
 * Takes a session over from a program that uses Baileys. The gateway has to be stopped meanwhile, and the
 * program for good.
 * @returns what was done, for the one who asked
 * @throws Error that says what to do
 */
export async function importBaileys(config: Config, args: readonly string[]): Promise<string> {
  const [folder, instance, ...more] = args;
  if (!folder || !instance || more.length > 0) {
    throw new Error(
      "Say which folder to read and how to call the instance: npm run import-baileys -- ./auth shop",
    );
  }
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const files = new Map<string, string>();
  for (const name of names) files.set(name, await readFile(join(folder, name), "utf8"));
  const phone = await importFiles(config, instance, files);
  return `"${instance}" has the session of ${phone ?? "the account"} now, and connects when the gateway starts. Nothing else may use it any more: delete ${folder} once it does.`;
}
