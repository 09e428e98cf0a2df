import { basename } from "node:path";
import type { FileContent } from "./draft.ts";
import type { StagedFile } from "./staging.ts";

/** Any file will do; what is not said of it is taken from where it came from. */
export function documentOf(
  { mimetype, fileName }: Extract<FileContent, { readonly kind: "DOCUMENT" }>,
  file: StagedFile,
) {
  return {
    mimetype: mimetype ?? file.mimetype ?? "application/octet-stream",
    fileName: basename(fileName ?? file.fileName ?? "file"),
    thumbnail: null,
  };
}
