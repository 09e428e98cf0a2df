import * as fc from "fast-check";
import { expect, test } from "vitest";
import { OutboundError } from "./errors.ts";
import { parsePrivateTargets } from "./private-targets.ts";
import { judgeUrl } from "./url.ts";

const none = parsePrivateTargets([]);

function codeFor(url: string, targets = none): string {
  try {
    judgeUrl(url, targets);
    return "open";
  } catch (error) {
    return error instanceof OutboundError ? error.code : String(error);
  }
}

test.each([
  "ftp://a.test/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "//a.test/",
  "a.test",
  "",
  "http://",
  "https://user@a.test/",
  "https://user:secret@a.test/",
  "https://:secret@a.test/",
  `https://a.test/${"x".repeat(2_048)}`,
])("%s is no address to call", (url) => {
  expect(codeFor(url)).toBe("BAD_URL");
});

test("names are left to the resolver, public literals pass", () => {
  for (const url of ["https://a.test/x?y#z", "http://localhost:80", "http://1.1.1.1/"]) {
    expect(codeFor(url)).toBe("open");
  }
});

test("the error names the setting that helps, or says that none does", () => {
  expect(() => judgeUrl("http://10.0.0.1/", none)).toThrow(/"10\.0\.0\.1".*PRIVATE_TARGETS/);
  expect(() => judgeUrl("http://169.254.169.254/", none)).toThrow(/never/);
  expect(codeFor("http://127.1:8080/", parsePrivateTargets(["127.0.0.0/8"]))).toBe("open");
});

test("no spelling of a private IPv4 address passes", () => {
  const octet = fc.nat(255);
  const address = fc.tuple(fc.constantFrom(10, 127, 0), octet, octet, octet);
  const radix = fc.constantFrom(
    (n: number) => String(n),
    (n: number) => `0x${n.toString(16)}`,
    (n: number) => `0${n.toString(8)}`,
    (n: number) => `0X${n.toString(16).toUpperCase()}`,
  );
  fc.assert(
    fc.property(address, fc.integer({ min: 1, max: 4 }), radix, (octets, parts, write) => {
      const head = octets.slice(0, parts - 1);
      const tail = octets.slice(parts - 1).reduce((sum, value) => sum * 256 + value, 0);
      const spelling = [...head, tail].map(write).join(".");
      expect(codeFor(`http://${spelling}/`)).toBe("BLOCKED_ADDRESS");
      expect(codeFor(`http://${spelling}./`)).toBe("BLOCKED_ADDRESS");
    }),
  );
});
