import type { CredentialsImport } from "../../instances/credentials.ts";
import { GatewayError } from "../../domain/errors.ts";
import { decodeBase64 } from "../../domain/media-source.ts";
import { MAX_SESSION_BYTES } from "../../instances/session-file.ts";
import { builder } from "../builder.ts";
import { resultType } from "../result.ts";
import { InstanceType } from "./instance.ts";

interface Exported {
  readonly instanceId: string;
  readonly file: Buffer;
}

const ExportedCredentials = builder.objectRef<Exported>("ExportedCredentials").implement({
  description: "The session of an instance, encrypted.",
  fields: (t) => ({
    instanceId: t.exposeID("instanceId", { description: "Whose it is. It is stopped now." }),
    fileName: t.string({
      description: "What to call the file.",
      resolve: ({ instanceId }) => fileNameOf(instanceId),
    }),
    base64: t.string({
      description: "The file. Whoever has it and the passphrase has the account.",
      resolve: ({ file }) => file.toString("base64"),
    }),
  }),
});

const ExportCredentialsResult = resultType("ExportCredentialsResult", {
  description: "The session, or why there is none to export.",
  success: [ExportedCredentials],
  errors: ["INSTANCE_NOT_FOUND", "NOT_LINKED", "BAD_INPUT"],
});

const ImportCredentialsResult = resultType("ImportCredentialsResult", {
  description: "The new instance, which connects, or why the session was not taken over.",
  success: [InstanceType],
  errors: ["BAD_INPUT", "INSTANCE_EXISTS", "CREDENTIALS_INVALID", "PASSPHRASE_WRONG"],
});

const BaileysFileInput = builder.inputType("BaileysFileInput", {
  description: "A file of Baileys' auth folder.",
  fields: (t) => ({
    name: t.string({ required: true, description: "Such as `creds.json`." }),
    content: t.string({ required: true, description: "What stands in it, as it is." }),
  }),
});

const CredentialsSourceInput = builder.inputType("CredentialsSourceInput", {
  description: "A session that was linked elsewhere: exactly one of these.",
  isOneOf: true,
  fields: (t) => ({
    base64: t.string({ description: "A file that `exportCredentials` gave." }),
    upload: t.field({
      type: "File",
      description:
        "The same as a part of a multipart request; or a JSON object of the names and contents of the files in Baileys' auth folder.",
    }),
    baileys: t.field({
      type: [BaileysFileInput],
      description: "The files of the folder that Baileys' `useMultiFileAuthState` keeps.",
    }),
  }),
});

const ImportCredentialsInput = builder.inputType("ImportCredentialsInput", {
  description: "A new instance of a session that was linked elsewhere.",
  fields: (t) => ({
    id: t.id({ description: "Its id for ever, as for `createInstance`." }),
    name: t.string({ description: "A label for people." }),
    from: t.field({
      type: CredentialsSourceInput,
      required: true,
      description: "The session. Nothing else may use it any more.",
    }),
    passphrase: t.string({ description: "The one it was exported with." }),
  }),
});

function fileNameOf(instanceId: string): string {
  return `${instanceId}.wagraph-credentials`;
}

type Source = Readonly<typeof CredentialsSourceInput.$inferInput>;

async function sourceOf({ base64, upload, baileys }: Source): Promise<CredentialsImport["from"]> {
  if (baileys) return { folder: new Map(baileys.map(({ name, content }) => [name, content])) };
  if (upload && upload.size > MAX_SESSION_BYTES) throw tooLarge();
  if (upload) return { file: Buffer.from(await upload.arrayBuffer()) };
  return { file: decodeBase64(base64) };
}

function tooLarge(): GatewayError {
  const limit = MAX_SESSION_BYTES / 1024 / 1024;
  const message = `The file is larger than ${limit} MiB, which no session is.`;
  return new GatewayError("CREDENTIALS_INVALID", message);
}

builder.mutationFields((t) => ({
  exportCredentials: t.field({
    authScopes: { may: ["keys:admin", "instances:write"] },
    type: ExportCredentialsResult.type,
    description:
      "Stops an instance and gives its session as an encrypted file, with which it goes on in another gateway. Two that use one session throw each other out: start it here again only if it was not imported elsewhere.",
    args: {
      instanceId: t.arg.id({ required: true }),
      passphrase: t.arg.string({
        required: true,
        description: "What the file is encrypted with: at least 12 characters.",
      }),
    },
    resolve: (_, { instanceId, passphrase }, { credentials }) =>
      ExportCredentialsResult.settle(async () => ({
        instanceId,
        file: await credentials.export(instanceId, passphrase),
      })),
  }),
  importCredentials: t.field({
    authScopes: { may: ["keys:admin", "instances:write"] },
    type: ImportCredentialsResult.type,
    description:
      "Makes a new instance of a session that was exported by a gateway or kept by Baileys. It connects without being scanned.",
    args: { input: t.arg({ type: ImportCredentialsInput, required: true }) },
    resolve: (_, { input: { from, ...input } }, { credentials }) =>
      ImportCredentialsResult.settle(async () =>
        credentials.import({ ...input, from: await sourceOf(from) }),
      ),
  }),
}));
