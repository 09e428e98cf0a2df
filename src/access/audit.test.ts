import { expect, test } from "vitest";
import { tempDatabase } from "../../test/support/temp-database.ts";
import type { Database } from "../store/database.ts";
import { Audit } from "./audit.ts";
import type { AuditFact } from "./audit-entry.ts";
import { auditChore } from "./audit-chore.ts";

const fact = (more: Partial<AuditFact>): AuditFact => ({
  at: new Date(),
  keyId: null,
  actor: "unknown",
  address: "203.0.113.1",
  action: "authenticate",
  target: null,
  instanceId: null,
  result: "UNAUTHENTICATED",
  requestId: "r",
  ...more,
});

test("whoever has many addresses does not fill the trail with them", async () => {
  await using database = await tempDatabase();
  const audit = await Audit.open(database);
  for (let index = 0; index < 200; index += 1) {
    await audit.note(fact({ address: `203.0.113.${index}` }));
  }
  expect(await database.read.auditEntry.count()).toBe(60);
  // Those who have a key of ours are told of beside them.
  await audit.note(fact({ keyId: "k", actor: "a key" }));
  expect(await database.read.auditEntry.count()).toBe(61);
});

test("the addresses of one network of IPv6 are one caller", async () => {
  await using database = await tempDatabase();
  const audit = await Audit.open(database);
  for (const host of ["1", "2", "ffff:1"])
    await audit.note(fact({ address: `2001:db8:1:2::${host}` }));
  await audit.note(fact({ address: "2001:db8:1:3::1" }));
  expect(await database.read.auditEntry.count()).toBe(2);
});

/** The same database; something is done before each page of the trail is read. */
function before(read: Database["read"], job: () => Promise<void>): Database["read"] {
  const { auditEntry } = read;
  const findMany = async (query: Parameters<typeof auditEntry.findMany>[0]) => {
    await job();
    return auditEntry.findMany(query);
  };
  const entries = new Proxy(auditEntry, {
    get: (target, name) =>
      name === "findMany" ? findMany : (Reflect.get(target, name) as unknown),
  });
  return new Proxy(read, {
    get: (target, name) =>
      name === "auditEntry" ? entries : (Reflect.get(target, name) as unknown),
  });
}

test("entries that are let go while the trail is checked are no break in it", async () => {
  await using database = await tempDatabase();
  const audit = await Audit.open(database);
  // More than one page of the check.
  const all = Array.from({ length: 2_500 }, (_, index) =>
    fact({ keyId: "k", requestId: `${index}` }),
  );
  await Promise.all(all.map((each) => audit.append(each)));
  const chore = auditChore(database, { days: 365, count: 100 });
  let pages = 0;
  const trimmed = before(database.read, async () => {
    pages += 1;
    if (pages === 2) await chore.run(new AbortController().signal);
  });
  const checking = await Audit.open({ ...database, read: trimmed });
  expect(await checking.verify()).toMatchObject({ checked: 100, brokenAt: null });
});
