import { readFile, stat } from "node:fs/promises";

/** What a small file of the system says, read again only once it has changed; `missing` while there is no such file. */
export function rereading<T>(
  path: string,
  parse: (text: string) => T,
  missing: T,
): () => Promise<T> {
  let known: { readonly mark: string; readonly value: T } | undefined;
  return async () => {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const mark = `${mtimeMs} ${size} ${ino}`;
      if (known?.mark !== mark) known = { mark, value: parse(await readFile(path, "utf8")) };
      return known.value;
    } catch {
      return missing;
    }
  };
}
