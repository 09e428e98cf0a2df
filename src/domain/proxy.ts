/** A proxy as it is shown: its credentials never leave the gateway. */
export interface ShownProxy {
  readonly protocol: ProxyProtocol;
  readonly host: string;
  readonly port: number;
  readonly hasCredentials: boolean;
}

/** With the port where none is named. */
export const PROXY_PORTS = { http: 80, https: 443, socks5: 1_080 } as const;

export type ProxyProtocol = keyof typeof PROXY_PORTS;

/** What may be told of a proxy's URL. */
export function shownProxy(text: string): ShownProxy {
  const { protocol: scheme, hostname: host, port, username, password } = new URL(text);
  const protocol = scheme.slice(0, -1) as ProxyProtocol;
  const hasCredentials = username !== "" || password !== "";
  return { protocol, host, port: Number(port) || PROXY_PORTS[protocol], hasCredentials };
}
