import { z } from "zod";
import { alias } from "./alias.ts";
import { settled } from "./answer.ts";
import { file as upload } from "./fields.ts";
import {
  type CredentialsSourceInput,
  ExportCredentialsDocument,
  ImportCredentialsDocument,
} from "./generated/operations.ts";

/** A file of Baileys' auth folder: its text, or what that says. */
const content = z.union([z.string(), z.unknown().transform((value) => JSON.stringify(value))]);

const body = z
  .strictObject({
    instanceId: z.string().optional(),
    name: z.string().optional(),
    passphrase: z.string().optional(),
    base64: z.string().optional(),
    files: z.record(z.string(), content).optional(),
    file: upload.optional(),
  })
  .transform(({ base64, files, file, instanceId: id, ...rest }, context) => {
    const baileys = files && Object.entries(files).map(([name, text]) => ({ name, content: text }));
    const given: readonly CredentialsSourceInput[] = [
      ...(base64 === undefined ? [] : [{ base64 }]),
      ...(baileys === undefined ? [] : [{ baileys }]),
      ...(file === undefined ? [] : [{ upload: file }]),
    ];
    const [from, other] = given;
    if (from && !other) return { ...rest, id, from };
    context.addIssue(
      "Give exactly one of `base64` and `files`, or a `file` as multipart/form-data",
    );
    return z.NEVER;
  });

export const credentialsAliases = [
  alias({
    method: "POST",
    path: "/instances/:id/credentials",
    summary: "Stop an instance and download its session, encrypted, to go on in another gateway",
    body: z.strictObject({ passphrase: z.string() }),
    document: ExportCredentialsDocument,
    variables: ({ params: { id }, body: { passphrase } }) => ({ instanceId: id, passphrase }),
    answer: ({ exportCredentials }) =>
      settled(exportCredentials, ({ fileName, base64 }) => ({
        status: 200,
        mediaType: "application/octet-stream",
        headers: { "content-disposition": `attachment; filename="${fileName}"` },
        body: Buffer.from(base64, "base64"),
      })),
  }),
  alias({
    method: "POST",
    path: "/credentials",
    summary:
      "Make an instance of an exported session, or of a multi-file auth folder; it connects at once",
    statuses: [201],
    multipart: true,
    body,
    document: ImportCredentialsDocument,
    variables: ({ body: input }) => ({ input }),
    answer: ({ importCredentials }) =>
      settled(importCredentials, ({ id, status }) => ({
        status: 201,
        headers: { location: `/instances/${id}/status` },
        body: { instanceId: id, status },
      })),
  }),
];
