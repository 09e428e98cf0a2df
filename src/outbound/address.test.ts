import * as fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { judgeAddress } from "./address.ts";
import { parsePrivateTargets } from "./private-targets.ts";

const none = parsePrivateTargets([]);
const everything = parsePrivateTargets(["0.0.0.0/0", "::/0"]);

describe("addresses that are closed by default", () => {
  test.each([
    ["this network", "0.0.0.0", "0.1.2.3"],
    ["private", "10.0.0.1", "10.254.0.0", "172.16.10.65", "172.31.255.255", "192.168.10.65"],
    ["shared", "100.64.0.1", "100.100.0.0", "100.127.255.255"],
    ["loopback", "127.0.0.1", "127.255.255.254", "::1"],
    ["protocol assignments", "192.0.0.0", "192.0.0.255"],
    ["documentation", "192.0.2.255", "198.51.100.65", "203.0.113.6", "2001:db8::1", "3fff::1"],
    ["relays", "192.88.99.1"],
    ["benchmarks", "198.18.0.0", "198.19.255.255"],
    ["multicast", "224.0.0.1", "239.255.255.255", "ff02::1"],
    ["reserved", "240.0.0.1", "250.10.20.30", "255.255.255.255"],
    ["unspecified", "::"],
    ["unique local", "fc00::1", "fdff::1"],
    ["site local", "fec0::1"],
    ["discard", "100::1"],
    ["segment routing", "5f00::1"],
    ["mapped", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0.0.0.1", "::ffff:7f00:1"],
    ["translated", "::ffff:0:127.0.0.1"],
    ["compatible", "::7f00:1", "::8.8.8.8", "::2"],
    ["NAT64", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "64:ff9b:1::8.8.8.8"],
    ["6to4", "2002:7f00:1::", "2002:c0a8:101::1", "2002:808:808::1"],
    ["Teredo", "2001::1", "2001:0:4136:e378:8000:63bf:80ff:fffe"],
  ])("%s", (_range, ...addresses) => {
    for (const address of addresses) {
      expect(`${address} ${judgeAddress(address, none)}`).toBe(`${address} closed`);
    }
  });

  test("one past each border is open", () => {
    const neighbours =
      "1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255";
    for (const address of neighbours.split(" ")) {
      expect(`${address} ${judgeAddress(address, none)}`).toBe(`${address} open`);
    }
  });
});

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "2001:4860:4860::8888",
  "2606:4700::1111",
  "::ffff:8.8.8.8",
  "64:ff9b::8.8.8.8",
])("%s is public", (address) => {
  expect(judgeAddress(address, none)).toBe("open");
});

test.each([
  "169.254.169.254",
  "169.254.0.1",
  "::ffff:169.254.169.254",
  "::169.254.169.254",
  "64:ff9b::169.254.169.254",
  "64:ff9b:1::169.254.169.254",
  "2002:a9fe:a9fe::1",
  "2001:0:a9fe:a9fe::1",
  "fe80::1",
  "fe80::1%eth0",
  "febf::1",
  "fd00:ec2::254",
  "fd20:ce::254",
  "100.100.100.200",
  "168.63.129.16",
  "no address",
])("%s never opens, whatever the operator opened", (address) => {
  expect(judgeAddress(address, everything)).toBe("never");
  expect(judgeAddress(address, parsePrivateTargets(["inside.test"]), "inside.test")).toBe("never");
});

test("a network opens its addresses, in every form that reaches them", () => {
  const targets = parsePrivateTargets(["10.1.0.0/16", "fd12::/64", "::ffff:192.168.7.0/120"]);
  const open = "10.1.2.3 ::ffff:10.1.2.3 64:ff9b::10.1.2.3 fd12::5 192.168.7.9";
  for (const address of open.split(" ")) expect(judgeAddress(address, targets)).toBe("open");
  const closed = "10.2.0.1 fd12:0:0:1::5 192.168.8.1 2002:a01:203::1 127.0.0.1";
  for (const address of closed.split(" ")) expect(judgeAddress(address, targets)).toBe("closed");
});

test("a host opens the addresses that its own name resolves to, and no others", () => {
  const targets = parsePrivateTargets(["Inside.Test", "bücher.test", "localhost."]);
  expect(judgeAddress("10.0.0.1", targets, "inside.test")).toBe("open");
  expect(judgeAddress("10.0.0.1", targets, "inside.test.")).toBe("open");
  expect(judgeAddress("10.0.0.1", targets, "xn--bcher-kva.test")).toBe("open");
  expect(judgeAddress("127.0.0.1", targets, "localhost")).toBe("open");
  expect(judgeAddress("10.0.0.1", targets, "sub.inside.test")).toBe("closed");
  expect(judgeAddress("10.0.0.1", targets)).toBe("closed");
});

test("every bad entry is named at once", () => {
  const bad =
    "http://a.test a.test:80 10.0.0.0/33 10.0.0.0/8/8 ::/129 10.0.0.0/x *.test a@b 127.1 169.254.169.254 169.254.0.0/24 fe80::1 ::ffff:169.254.1.1 fe80::1%eth0";
  for (const entry of [...bad.split(" "), "", "a b"]) {
    expect(() => parsePrivateTargets([entry])).toThrow(`"${entry}"`);
  }
  expect(() => parsePrivateTargets(["a/b", "ok.test", "c/d"])).toThrow(/"a\/b".*"c\/d"/);
});

test("no form of a private address passes", () => {
  const privateIPv4 = fc
    .tuple(
      fc.constantFrom("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "0.0.0.0/8"),
      fc.nat(0xff_ff_ff_ff),
    )
    .map(([cidr, noise]) => {
      const [network, bits] = ipaddr.IPv4.parseCIDR(cidr);
      const base = Buffer.from(network.toByteArray()).readUInt32BE();
      return (base | (noise & (0xff_ff_ff_ff >>> bits))) >>> 0;
    });
  fc.assert(
    fc.property(privateIPv4, fc.nat(6), (value, form) => {
      const hex = value.toString(16).padStart(8, "0");
      const words = `${hex.slice(0, 4)}:${hex.slice(4)}`;
      const turned = ((value ^ 0xff_ff_ff_ff) >>> 0).toString(16).padStart(8, "0");
      const forms = [
        `::ffff:${words}`,
        `64:ff9b::${words}`,
        `64:ff9b:1::${words}`,
        `::ffff:0:${words}`,
        `2002:${words}::1`,
        `2001:0:808:808::${turned.slice(0, 4)}:${turned.slice(4)}`,
        `::${words}`,
      ];
      expect(judgeAddress(forms[form] ?? "", none)).toBe("closed");
    }),
  );
});
