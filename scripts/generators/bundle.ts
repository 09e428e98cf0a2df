import { rmSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, rolldown } from "rolldown";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What stays what it is: packages with binaries or WebAssembly beside them, what is large and read only
 * when it is asked for, and Baileys with what is mended in its libsignal, which has to be the one that it uses.
 */
const EXTERNAL = [
  /^@whiskeysockets\/baileys/,
  /^libsignal/,
  /^whatsapp-rust-bridge/,
  /^better-sqlite3/,
  /^sharp/,
  /^pino-pretty/,
  /^@graphql-yoga\/render-graphiql/,
  /^@prisma\/schema-engine-wasm/,
];

/** Files that are reached from where they stand, and so have to be told where that is. */
function keepPlaces(outDir: string): Plugin {
  return {
    name: "keep-places",
    transform(code, id) {
      if (!id.startsWith(ROOT) || id.includes("/node_modules/")) return null;
      if (!code.includes("import.meta.url")) return null;
      const place = JSON.stringify(relative(resolve(ROOT, outDir), id));
      return code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
    },
  };
}

/** Files that are loaded as they stand, in the place where they are imported. */
function leaveAlone(files: RegExp, outDir: string): Plugin {
  return {
    name: "leave-alone",
    resolveId(source, importer) {
      if (!importer || !source.startsWith(".")) return null;
      const path = resolve(importer, "..", source);
      if (!files.test(path)) return null;
      return { id: relative(resolve(ROOT, outDir), path), external: true };
    },
  };
}

/**
 * Bundles entries into `outDir`, which is emptied first.
 * @param entries by the names of the files that are made: `{main: "src/main.ts"}` makes `main.mjs`
 */
export async function bundle(
  entries: Readonly<Record<string, string>>,
  outDir: string,
): Promise<void> {
  rmSync(resolve(ROOT, outDir), { recursive: true, force: true });
  const build = await rolldown({
    cwd: ROOT,
    input: { ...entries },
    platform: "node",
    external: EXTERNAL,
    plugins: [leaveAlone(/\/libsignal\/\w+\.ts$/, outDir), keepPlaces(outDir)],
    // Packages say of themselves where they stand, or what they were made for; neither is read.
    checks: { circularDependency: false },
    onLog: (level, log, handle) => {
      if (level === "warn") return;
      handle(level, log);
    },
  });
  try {
    await build.write({
      dir: resolve(ROOT, outDir),
      format: "esm",
      entryFileNames: "[name].mjs",
      chunkFileNames: "[name]-[hash].mjs",
    });
  } finally {
    await build.close();
  }
}
