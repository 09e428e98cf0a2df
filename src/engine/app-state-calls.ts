import type { AppStateEdit } from "../domain/app-state.ts";

/** What a connection can tell the account's other devices: how it keeps chats and messages. */
export interface AppStateCalls {
  /**
   * Resolves when WhatsApp has taken it and it is reported as a fact, as if another device had done it. Takes up to
   * some questions to WhatsApp, each of some seconds at most.
   * @throws GatewayError CONFLICT when other devices changed the same meanwhile, again and again; BAD_INPUT and
   *   RATE_LIMITED when WhatsApp does not take it; UNAVAILABLE when the phone has not shared its keys yet, when the
   *   instance is not connected or WhatsApp did not answer
   */
  change(edit: AppStateEdit): Promise<void>;
}
