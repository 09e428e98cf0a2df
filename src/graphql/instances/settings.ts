import type { ProxyProtocol, ShownProxy } from "../../domain/proxy.ts";
import type { InstanceSettings, ShownSettings } from "../../domain/settings.ts";
import { builder } from "../builder.ts";

/** The same words for what is shown and what is changed. */
const WORDS = {
  rejectCalls: "Whether calls are refused as soon as they ring.",
  rejectCallsText:
    "What the caller is then told, as an ordinary message of up to 4,096 characters. Null: nothing. Who calls a group is told nothing.",
  ignoreGroups:
    "Whether what is said in groups is left out: it makes no event and is not stored. WhatsApp is told that it arrived.",
  ignoreStatus: "The same for what contacts post for all to see.",
  ignoreChannels: "The same for posts of channels.",
  storeMedia:
    "Whether the gateway keeps copies of attachments that come from now on. Means something only where the operator has set MEDIA_STORE.",
  alwaysOnline:
    "Whether it is shown as online whenever it is connected. Its phone may stop to notify its owner meanwhile.",
  readMessages: "Whether what comes in from people and groups is marked as read: the blue ticks.",
  fullHistory: "Whether the phone is asked for all its history when it links. Heard at linking.",
  browserName:
    "The name under which the phone shows it among its linked devices, up to 50 characters. Null: the gateway's own. Heard at linking.",
  whatsappVersion:
    "The client version to claim, such as `2.3000.1023`. Null: the gateway's own. Used from the next connection on.",
} as const satisfies Record<keyof InstanceSettings, string>;

const ProxyProtocolType = builder.enumType("ProxyProtocol", {
  description: "How a proxy is spoken to. The names of WhatsApp's hosts are resolved by the proxy.",
  values: {
    HTTP: { value: "http", description: "CONNECT over plain HTTP." },
    HTTPS: { value: "https", description: "CONNECT over TLS." },
    SOCKS5: { value: "socks5", description: "SOCKS 5 (RFC 1928)." },
  } satisfies Record<string, { value: ProxyProtocol; description: string }>,
});

const ProxyType = builder.objectRef<ShownProxy>("Proxy").implement({
  description: "A proxy between the gateway and WhatsApp.",
  fields: (t) => ({
    protocol: t.expose("protocol", {
      type: ProxyProtocolType,
      description: "How it is spoken to.",
    }),
    host: t.exposeString("host", { description: "Its name or address." }),
    port: t.exposeInt("port", { description: "Its port." }),
    hasCredentials: t.exposeBoolean("hasCredentials", {
      description: "Whether it is told a user and a password. They are never shown.",
    }),
  }),
});

export const InstanceSettingsType = builder.objectRef<ShownSettings>("InstanceSettings").implement({
  description: "What an account does by itself, and how it connects.",
  fields: (t) => {
    const text = (name: "rejectCallsText" | "browserName" | "whatsappVersion") =>
      t.exposeString(name, { nullable: true, description: WORDS[name] });
    return {
      rejectCalls: t.exposeBoolean("rejectCalls", { description: WORDS.rejectCalls }),
      rejectCallsText: text("rejectCallsText"),
      ignoreGroups: t.exposeBoolean("ignoreGroups", { description: WORDS.ignoreGroups }),
      ignoreStatus: t.exposeBoolean("ignoreStatus", { description: WORDS.ignoreStatus }),
      ignoreChannels: t.exposeBoolean("ignoreChannels", { description: WORDS.ignoreChannels }),
      storeMedia: t.exposeBoolean("storeMedia", { description: WORDS.storeMedia }),
      alwaysOnline: t.exposeBoolean("alwaysOnline", { description: WORDS.alwaysOnline }),
      readMessages: t.exposeBoolean("readMessages", { description: WORDS.readMessages }),
      fullHistory: t.exposeBoolean("fullHistory", { description: WORDS.fullHistory }),
      proxy: t.expose("proxy", {
        type: ProxyType,
        nullable: true,
        description: "The proxy that it connects through, without its credentials. Null: none.",
      }),
      browserName: text("browserName"),
      whatsappVersion: text("whatsappVersion"),
    };
  },
});

export const InstanceSettingsInput = builder.inputType("InstanceSettingsInput", {
  description: "What to change of an instance's settings. What is left out stays.",
  fields: (t) => ({
    rejectCalls: t.boolean({ description: WORDS.rejectCalls }),
    rejectCallsText: t.string({ description: WORDS.rejectCallsText }),
    ignoreGroups: t.boolean({ description: WORDS.ignoreGroups }),
    ignoreStatus: t.boolean({ description: WORDS.ignoreStatus }),
    ignoreChannels: t.boolean({ description: WORDS.ignoreChannels }),
    storeMedia: t.boolean({ description: WORDS.storeMedia }),
    alwaysOnline: t.boolean({ description: WORDS.alwaysOnline }),
    readMessages: t.boolean({ description: WORDS.readMessages }),
    fullHistory: t.boolean({ description: WORDS.fullHistory }),
    browserName: t.string({ description: WORDS.browserName }),
    whatsappVersion: t.string({ description: WORDS.whatsappVersion }),
    proxy: t.string({
      description:
        "The proxy to connect through from the next connection on, for messages and attachments: `http://user:password@host:3128`, `https://…` or `socks5://…`; null for none. Kept encrypted; user and password are never shown again. One inside a private network has to be named in PRIVATE_TARGETS, as for webhooks.",
    }),
  }),
});
