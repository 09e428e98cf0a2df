import { GatewayError } from "../domain/errors.ts";
import {
  type Audience,
  PRIVACY_CHOICES,
  PRIVACY_SETTINGS,
  type PrivacySetting,
} from "../domain/privacy.ts";

/** WhatsApp takes no longer ones. */
const LONGEST_ABOUT = 139;

/** @throws GatewayError BAD_INPUT */
export function aboutIn(text: string): string {
  if (text.length <= LONGEST_ABOUT) return text;
  const message = `What one says about oneself has at most ${LONGEST_ABOUT} characters.`;
  throw new GatewayError("BAD_INPUT", message, { argument: "about" });
}

/** WhatsApp takes no longer ones. */
const LONGEST_NAME = 25;

/** @throws GatewayError BAD_INPUT */
export function nameIn(text: string): string {
  const name = text.trim();
  if (name.length > 0 && name.length <= LONGEST_NAME) return name;
  const message = `A name has from 1 to ${LONGEST_NAME} characters.`;
  throw new GatewayError("BAD_INPUT", message, { argument: "name" });
}

/** What to change of the privacy settings: null for what stays as it is. */
export type PrivacyChange = {
  readonly [Setting in PrivacySetting]?: Audience | null | undefined;
};

/**
 * What is to be changed, one thing after the other.
 * @throws GatewayError BAD_INPUT, also when it is nothing
 */
export function privacyIn(change: PrivacyChange): readonly (readonly [PrivacySetting, Audience])[] {
  const given = PRIVACY_SETTINGS.flatMap((setting) => {
    const audience = change[setting];
    return audience ? [[setting, audience] as const] : [];
  });
  if (given.length === 0) {
    throw new GatewayError("BAD_INPUT", "Name at least one privacy setting to change.");
  }
  for (const [setting, audience] of given) {
    const choices: readonly Audience[] = PRIVACY_CHOICES[setting];
    if (choices.includes(audience)) continue;
    const message = `WhatsApp offers ${choices.join(", ")} for ${setting}, not ${audience}.`;
    throw new GatewayError("BAD_INPUT", message, { argument: setting });
  }
  return given;
}
