import { asError } from "../../../domain/errors.ts";

/** What an error says about the end of a socket. */
export interface Said {
  readonly code: number | null;
  /** The `type` of WhatsApp's `conflict`, e.g. `device_removed`. */
  readonly conflict: string | null;
  readonly message: string;
}

/** Reads whatever Baileys gives as the reason of an end: usually a Boom, sometimes a bare number, sometimes nothing. */
export function saidBy(thrown: unknown): Said {
  if (typeof thrown === "number") {
    return { code: null, conflict: null, message: `The socket closed with code ${thrown}.` };
  }
  if (thrown === undefined || thrown === null) {
    return { code: null, conflict: null, message: "The socket closed." };
  }
  const { message } = asError(thrown);
  const { output, data } = thrown as {
    readonly output?: { readonly statusCode?: unknown };
    readonly data?: { readonly tag?: unknown; readonly attrs?: Readonly<Record<string, unknown>> };
  };
  const code = output?.statusCode;
  const conflict = data?.tag === "conflict" ? data.attrs?.["type"] : undefined;
  return {
    code: typeof code === "number" ? code : null,
    conflict: typeof conflict === "string" ? conflict : null,
    message,
  };
}
