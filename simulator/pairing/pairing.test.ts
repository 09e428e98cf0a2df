import { expect, test } from "vitest";
import { startSimulator } from "../index.ts";
import { Client } from "../testing/client.ts";

test("a QR code links in both of its forms, and the device is listed online", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using first = new Client(wa);
  await using second = new Client(wa);
  const urls = [first, second].map((client) => client.next(({ qr }) => qr));
  first.connect();
  second.connect();
  const [url = "", other = ""] = await Promise.all(urls);
  expect(url).toMatch(/^https:/);
  const opened = [first.opened(), second.opened()];
  const links = [{ qr: url }, { qr: other.slice(other.indexOf("#") + 1) }];
  const devices = await Promise.all(links.map((link) => me.link(link)));
  await Promise.all(opened);
  expect(devices).toEqual([{ device: 1 }, { device: 2 }]);
  expect(me.devices()).toMatchObject([
    { device: 1, online: true },
    { device: 2, online: true },
  ]);
  expect(first.creds.me?.lid).toBe(me.lid.replace("@", ":1@"));
});

test("a pairing code links the client that asked for it", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = new Client(wa);
  const shown = client.next(({ qr }) => qr);
  client.connect();
  await shown;
  const opened = client.opened();
  const code = await client.socket.requestPairingCode(me.phone);
  const spoken = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
  await expect(me.link({ code: spoken })).resolves.toEqual({ device: 1 });
  await opened;
});

test("a wrong pairing code is refused", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  await using client = new Client(wa);
  const shown = client.next(({ qr }) => qr);
  client.connect();
  await shown;
  await client.socket.requestPairingCode(me.phone, "AAAABBBB");
  await expect(me.link({ code: "AAAACCCC" })).rejects.toMatchObject({ code: "LINK_REFUSED" });
  expect(me.devices()).toEqual([]);
});

test("a QR code that nobody shows is refused, and so is a text that is none", async () => {
  await using wa = await startSimulator();
  const me = await wa.account("5511999990001");
  const key = Buffer.alloc(32).toString("base64");
  const stale = `ref,${key},${key},${key},1`;
  await expect(me.link({ qr: stale })).rejects.toMatchObject({ code: "LINK_REFUSED" });
  await expect(me.link({ qr: "hello" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
