import { afterAll, beforeAll, expect, test } from "vitest";
import type { Account } from "../simulator/index.ts";
import type { ErrorReply } from "./support/calls.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";

const ME = "5511999990001";
const SHOP = "5511999990002";

let gateway: TestGateway;
let me: Account;
let shop: Account;
beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { engineTimeouts: { queryMs: 400 } } });
  me = await gateway.linked("me", ME);
  shop = await gateway.wa.account(SHOP);
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Business {
  readonly business: Readonly<Record<string, unknown>> | null;
}
interface Catalog {
  readonly products: readonly { readonly id: string; readonly price: number | null }[];
  readonly after: string | null;
}

const get = async <T>(path: string) =>
  (await gateway.get<T & ErrorReply>(`/instances/me/contacts/${path}`)).body;
const change = (body: object) =>
  gateway.patch<ErrorReply | undefined>("/instances/me/profile/business", body);

test("what a business shows of itself; who is none shows nothing", async () => {
  expect(await get<Business>(`${SHOP}/business`)).toEqual({ business: null });
  expect(await get<Catalog>(`${SHOP}/catalog`)).toEqual({ products: [], after: null });
  const days = [
    { day: "mon", mode: "specific_hours", opens: 540, closes: 1_080 },
    { day: "sat", mode: "appointment_only" },
    { day: "someday", mode: "open_24h" },
  ] as const;
  await shop.changeProfile({
    business: {
      description: "Bread and cake",
      category: "Bakery",
      websites: ["https://bread.example", "https://cake.example"],
      hours: { timezone: "America/Sao_Paulo", days },
    },
  });
  const shown = await get<Business>(`+${SHOP}/business`);
  expect(shown).toEqual({
    business: {
      description: "Bread and cake",
      category: "Bakery",
      address: null,
      email: null,
      websites: ["https://bread.example", "https://cake.example"],
      hours: {
        timezone: "America/Sao_Paulo",
        days: [
          { day: "MONDAY", mode: "HOURS", opensAt: 540, closesAt: 1_080 },
          { day: "SATURDAY", mode: "BY_APPOINTMENT", opensAt: null, closesAt: null },
        ],
      },
    },
  });
  expect(await get<Business>(`${shop.lid}/business`)).toEqual(shown);
});

test("what it sells, page by page, without what it hides", async () => {
  const products = Array.from({ length: 25 }, (_, at) => ({
    id: String(at),
    name: `Bread ${at}`,
    price: 12_500 + at,
    currency: "BRL",
    imageUrl: `https://pictures.example/${at}`,
    isHidden: at === 3,
  }));
  await shop.changeProfile({ business: { products } });
  const first = await get<Catalog>(`${SHOP}/catalog`);
  expect(first.products[0]).toEqual({
    id: "0",
    name: "Bread 0",
    description: null,
    price: 12.5,
    currency: "BRL",
    retailerId: null,
    url: null,
    imageUrls: ["https://pictures.example/0"],
  });
  const second = await get<Catalog>(`${SHOP}/catalog?limit=20&after=${first.after}`);
  expect(second.after).toBeNull();
  const ids = [...first.products, ...second.products].map(({ id }) => id);
  expect(ids).toEqual(products.filter(({ isHidden }) => !isHidden).map(({ id }) => id));
});

test("one's own is changed, only in what is named", async () => {
  const hours = {
    timezone: "Europe/Lisbon",
    days: [
      { day: "SUNDAY", mode: "ALL_DAY" },
      { day: "FRIDAY", mode: "HOURS", opensAt: 0, closesAt: 1_440 },
    ],
  };
  const refused = await change({ description: "No business" });
  expect(refused.body?.error.code).toBe("BAD_INPUT");
  expect(refused.body?.error.message).toContain("403");
  await me.changeProfile({ business: { address: "Old street", email: "old@example.com" } });
  const given = { description: "New", email: null, websites: ["https://me.example"], hours };
  expect((await change(given)).status).toBe(204);
  expect(me.profile.business).toMatchObject({
    description: "New",
    address: "Old street",
    email: "",
    websites: ["https://me.example"],
    hours: {
      timezone: "Europe/Lisbon",
      days: [
        { day: "sun", mode: "open_24h" },
        { day: "fri", mode: "specific_hours", opens: 0, closes: 1_440 },
      ],
    },
  });
  expect((await change({ websites: [] })).status).toBe(204);
  expect(me.profile.business).toMatchObject({ description: "New", websites: [] });
});

test.each([
  [{}, undefined],
  [{ email: "nobody" }, "email"],
  [{ description: "x".repeat(513) }, "description"],
  [{ websites: ["ftp://a.example"] }, "websites"],
  [{ websites: ["https://a.example", "https://b.example", "https://c.example"] }, "websites"],
  [{ hours: { timezone: "Mars/Base", days: [] } }, "hours"],
  [{ hours: { timezone: "UTC", days: [{ day: "MONDAY", mode: "HOURS", opensAt: 9 }] } }, "hours"],
  [{ hours: { timezone: "UTC", days: [{ day: "MONDAY", mode: "ALL_DAY", opensAt: 9 }] } }, "hours"],
])("%j is refused before WhatsApp is asked", async (body, argument) => {
  const { status, body: answer } = await change(body);
  expect(status).toBe(400);
  expect(answer?.error.code).toBe("BAD_INPUT");
  expect(answer?.error.message).toContain(argument ?? "at least one");
});

test("silence is neither no business nor no catalog", async () => {
  await gateway.post("/instances/me/contacts/check", { phones: [SHOP] });
  gateway.wa.fault({ kind: "silence", phone: ME, ms: 60_000 });
  const asked = await Promise.all(
    ["business", "catalog"].map((what) => get<object>(`${SHOP}/${what}`)),
  );
  gateway.wa.clearFaults();
  expect(asked.map(({ error }) => error.code)).toEqual(["UNAVAILABLE", "UNAVAILABLE"]);
  expect((await get<ErrorReply>(`${SHOP}/catalog?limit=51`)).error.code).toBe("BAD_INPUT");
});
