import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { startHttpProxy, startSocksProxy, USER_INFO } from "../../../../test/support/proxy.ts";
import { openRoute, proxyName } from "./route.ts";

const here = () => Promise.resolve("127.0.0.1");

test("what is fetched goes through the proxy too, under a name that only the proxy looks up", async () => {
  const server = createServer((_, response) => response.end("hello")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await using http = await startHttpProxy();
  await using socks = await startSocksProxy();
  for (const [scheme, proxy] of [
    ["http", http],
    ["socks5", socks],
  ] as const) {
    const route = await openRoute(`${scheme}://${USER_INFO}@proxy.example:${proxy.port}`, here);
    const options = { dispatcher: route.dispatcher } as RequestInit;
    const response = await fetch(`http://localhost:${port}/`, options);
    expect(await response.text()).toBe("hello");
    expect(proxy.targets).toEqual([`localhost:${port}`]);
    await route.dispatcher.destroy();
  }
  server.close();
  server.closeAllConnections();
});

test("a proxy that refuses lets nothing be fetched, and says why", async () => {
  await using proxy = await startHttpProxy();
  const text = `http://nobody:secret@127.0.0.1:${proxy.port}`;
  const route = await openRoute(text, here);
  const options = { dispatcher: route.dispatcher } as RequestInit;
  await expect(fetch("http://localhost:8099/", options)).rejects.toThrow("fetch failed");
  expect(route.failure).toBe("refuses: HTTP 407 Proxy Authentication Required");
  expect(proxyName(text)).toBe(`127.0.0.1:${proxy.port}`);
  await route.dispatcher.destroy();
});
