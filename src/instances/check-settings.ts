import { GatewayError } from "../domain/errors.ts";
import type { InstanceSettings } from "../domain/settings.ts";
import { storableText } from "../domain/text.ts";

/** More than anybody reads after a call, and well within what WhatsApp takes. */
const LONGEST_TEXT = 4_096;

/** What phones show of a linked device's name on one line. */
const LONGEST_NAME = 50;

const VERSION = /^2\.\d{1,6}\.\d{1,12}$/;

/** @throws GatewayError BAD_INPUT */
export function checkSettings(change: Partial<InstanceSettings>): Partial<InstanceSettings> {
  const { rejectCallsText: text, browserName: name, whatsappVersion: version } = change;
  if (version && !VERSION.test(version)) {
    throw bad("whatsappVersion", "looks like 2.3000.1023 or is null");
  }
  return {
    ...change,
    ...(text ? { rejectCallsText: said(text, LONGEST_TEXT, "rejectCallsText") } : {}),
    ...(name ? { browserName: said(name, LONGEST_NAME, "browserName") } : {}),
    // An empty text says as little as none.
    ...(text === "" ? { rejectCallsText: null } : {}),
    ...(name === "" ? { browserName: null } : {}),
    ...(version === "" ? { whatsappVersion: null } : {}),
  };
}

function said(text: string, longest: number, name: string): string {
  const stored = storableText(text);
  if (stored.trim() !== "" && stored.length <= longest) return stored;
  throw bad(name, `has 1 to ${longest} characters or is null`);
}

function bad(name: string, what: string): GatewayError {
  return new GatewayError("BAD_INPUT", `\`${name}\` ${what}.`, { argument: name });
}
