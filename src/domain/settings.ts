import type { ShownProxy } from "./proxy.ts";

/** What an account does by itself, and how it connects. */
export interface InstanceSettings {
  /** Calls are refused as soon as they ring. */
  readonly rejectCalls: boolean;
  /** What the caller is then told, as an ordinary message; null for nothing. */
  readonly rejectCallsText: string | null;
  /** What is written in groups, as posts for contacts, or in channels makes neither event nor message. */
  readonly ignoreGroups: boolean;
  readonly ignoreStatus: boolean;
  readonly ignoreChannels: boolean;
  /** Of attachments that come in the gateway keeps copies, where it keeps any. */
  readonly storeMedia: boolean;
  /** It is shown as online whenever it is connected. */
  readonly alwaysOnline: boolean;
  /** What comes in is marked as read. */
  readonly readMessages: boolean;
  /** The phone is asked for all its history when it links. */
  readonly fullHistory: boolean;
  /** The name under which the phone shows it among its linked devices; null for the gateway's own. */
  readonly browserName: string | null;
  /** The client version to claim, `2.3000.x`; null for the gateway's own. */
  readonly whatsappVersion: string | null;
}

/** As they are shown. */
export interface ShownSettings extends InstanceSettings {
  readonly proxy: ShownProxy | null;
}

export type SettingsChange = {
  readonly [name in keyof InstanceSettings]?: InstanceSettings[name];
} & {
  /** The URL of the proxy that it connects through, with its credentials; null for none. */
  readonly proxy?: string | null;
};

export const USUAL_SETTINGS: InstanceSettings = {
  rejectCalls: false,
  rejectCallsText: null,
  ignoreGroups: false,
  ignoreStatus: false,
  ignoreChannels: false,
  storeMedia: true,
  alwaysOnline: false,
  readMessages: false,
  fullHistory: false,
  browserName: null,
  whatsappVersion: null,
};
