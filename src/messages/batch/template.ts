import { GatewayError } from "../../domain/errors.ts";
import type { OutgoingContent } from "../../domain/outgoing.ts";
import { checkCaption, checkText } from "../content/text.ts";

/** `{{name}}`, also with blanks inside the braces. */
const VARIABLE = /\{\{\s*([A-Za-z_][A-Za-z0-9_]{0,63})\s*\}\}/g;

type Variables = Readonly<Record<string, string>>;

/**
 * A text with its variables filled in.
 * @throws GatewayError BAD_INPUT for one that has no value, or when it became empty or too long
 */
function fill(text: string, variables: Variables): string {
  return text.replaceAll(VARIABLE, (_, name: string) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value !== undefined) return value;
    throw new GatewayError("BAD_INPUT", `The variable "${name}" has no value.`, { variable: name });
  });
}

/** The content as one person gets it. @throws GatewayError BAD_INPUT */
export function filled(content: OutgoingContent, variables: Variables): OutgoingContent {
  switch (content.kind) {
    case "TEXT":
      return { ...content, text: checkText(fill(content.text, variables)) };
    case "IMAGE":
    case "VIDEO":
    case "AUDIO":
    case "STICKER":
    case "DOCUMENT": {
      const caption = content.caption === null ? null : fill(content.caption, variables);
      return { ...content, caption: checkCaption(caption) };
    }
    case "LOCATION":
    case "CONTACTS":
    case "POLL":
    case "EVENT":
    case "FORWARD":
    case "ALBUM":
    case "EDIT":
    case "DELETION":
    case "REACTION":
    case "PIN":
    case "KEEP":
    case "VOTE":
    case "RESPONSE":
      return content;
  }
}
