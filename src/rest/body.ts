import type { Alias } from "./alias.ts";
import { Refusal } from "./answer.ts";

/**
 * The body of a call, as JSON or a form says it. Nothing else is read: a page in a browser can send other types
 * anywhere without asking.
 * @throws Refusal 415 for another type, 400 for what is not JSON or not a form
 */
export async function readBody(request: Request, { body, multipart }: Alias): Promise<unknown> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (multipart && type === "multipart/form-data") return readForm(request);
  if (type !== undefined && type !== "" && type !== "application/json") {
    const taken = multipart ? "application/json or multipart/form-data" : "application/json";
    throw new Refusal("UNSUPPORTED_MEDIA_TYPE", `Send the body as ${taken}, not as ${type}.`);
  }
  if (body === undefined) return undefined;
  const text = await request.text();
  if (text !== "" && type !== "application/json") {
    throw new Refusal(
      "UNSUPPORTED_MEDIA_TYPE",
      "The body has no type. Send the header Content-Type: application/json.",
    );
  }
  return text === "" ? {} : parseJson(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Refusal("BAD_INPUT", `The body is not JSON: ${(error as Error).message}.`);
  }
}

async function readForm(request: Request): Promise<unknown> {
  try {
    return Object.fromEntries(await request.formData());
  } catch (error) {
    // The parser's own words, where it says which bound was passed.
    const { message } = error as Error;
    const reason = / limit exceeded/.test(message)
      ? `The form is larger than what is taken here: ${message}.`
      : "The body is not a multipart form as its header says.";
    throw new Refusal("BAD_INPUT", reason);
  }
}
