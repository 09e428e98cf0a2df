import { statfs } from "node:fs/promises";
import type { Reader } from "../store/database.ts";

/** What the data takes, and what there is for more, in bytes. */
export interface Storage {
  readonly database: number;
  /** Copies of attachments, wherever they lie. */
  readonly attachments: number;
  readonly free: number;
}

/** @throws Error what the file system or the database says */
export async function readStorage(read: Reader, dataDir: string): Promise<Storage> {
  const [pages] = await read.$queryRaw<{ bytes: bigint | number }[]>`
    SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()`;
  const { _sum } = await read.mediaFile.aggregate({ _sum: { size: true } });
  const { bavail, bsize } = await statfs(dataDir);
  return {
    database: Number(pages?.bytes ?? 0),
    attachments: Number(_sum.size ?? 0),
    free: bavail * bsize,
  };
}
