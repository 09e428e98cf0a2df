import {
  type BusinessChange,
  type BusinessProfile,
  type CatalogPage,
  type OpeningDay,
  type OpeningHours,
  type OpeningMode,
  type Product,
  WEEKDAYS,
} from "../../../domain/business.ts";
import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren } from "../library.ts";
import { whole } from "../translate/numbers.ts";
import { textIn } from "./usync-query.ts";

const MODES: Readonly<Record<string, OpeningMode>> = {
  open_24h: "ALL_DAY",
  specific_hours: "HOURS",
  appointment_only: "BY_APPOINTMENT",
};

/** As WhatsApp calls days: `mon`. */
const DAYS = new Map(WEEKDAYS.map((day) => [day.slice(0, 3).toLowerCase(), day]));

function textOf(parent: BinaryNode | undefined, tag: string): string | null {
  const child = getBinaryNodeChild(parent, tag);
  const text = child ? textIn(child) : "";
  return text === "" ? null : text;
}

const textsOf = (parent: BinaryNode | undefined, tag: string): readonly string[] =>
  getBinaryNodeChildren(parent, tag)
    .map(textIn)
    .filter((text) => text !== "");

/** Nothing where there is no profile: who is asked about is no business. */
export function profileIn(answer: BinaryNode): BusinessProfile | null {
  const profile = getBinaryNodeChild(getBinaryNodeChild(answer, "business_profile"), "profile");
  if (!Array.isArray(profile?.content)) return null;
  return {
    description: textOf(profile, "description"),
    category: textOf(getBinaryNodeChild(profile, "categories"), "category"),
    address: textOf(profile, "address"),
    email: textOf(profile, "email"),
    websites: textsOf(profile, "website"),
    hours: hoursIn(getBinaryNodeChild(profile, "business_hours")),
  };
}

function hoursIn(node: BinaryNode | undefined): OpeningHours | null {
  const timezone = node?.attrs["timezone"];
  if (timezone === undefined) return null;
  const days = getBinaryNodeChildren(node, "business_hours_config").flatMap(
    ({ attrs }): OpeningDay[] => {
      const day = DAYS.get(attrs["day_of_week"] ?? "");
      const mode = MODES[attrs["mode"] ?? ""];
      if (day === undefined || mode === undefined) return [];
      const [opensAt, closesAt] = [whole(attrs["open_time"]), whole(attrs["close_time"])];
      return [{ day, mode, opensAt, closesAt }];
    },
  );
  return { timezone, days };
}

/** A change of one's own profile: only what is named in it is changed. */
export function changeNodes(change: BusinessChange): readonly BinaryNode[] {
  const { websites, hours } = change;
  const texts = (["description", "address", "email"] as const).flatMap((tag): BinaryNode[] => {
    const text = change[tag];
    return text === undefined ? [] : [{ tag, attrs: {}, content: text ?? "" }];
  });
  // One without words for none at all: no child would be no change.
  const sites = websites?.length === 0 ? [""] : (websites ?? []);
  return [
    ...texts,
    ...sites.map((site) => ({ tag: "website", attrs: {}, content: site })),
    ...(hours ? [hoursNode(hours)] : []),
  ];
}

function hoursNode({ timezone, days }: OpeningHours): BinaryNode {
  const [modes, names] = [Object.entries(MODES), [...DAYS]];
  const content = days.map(({ day, mode, opensAt, closesAt }) => ({
    tag: "business_hours_config",
    attrs: {
      day_of_week: names.find(([, each]) => each === day)?.[0] ?? "",
      mode: modes.find(([, each]) => each === mode)?.[0] ?? "",
      ...(mode === "HOURS" && { open_time: String(opensAt), close_time: String(closesAt) }),
    },
  }));
  return { tag: "business_hours", attrs: { timezone }, content };
}

/** WhatsApp counts thousandths of the currency's unit. */
const PRICE_UNIT = 1_000;

export function catalogIn(answer: BinaryNode): CatalogPage {
  const catalog = getBinaryNodeChild(answer, "product_catalog");
  return {
    products: getBinaryNodeChildren(catalog, "product")
      // Those that the seller has hidden are told to the seller too.
      .filter(({ attrs }) => attrs["is_hidden"] !== "true")
      .flatMap(productIn),
    after: textOf(getBinaryNodeChild(catalog, "paging"), "after"),
  };
}

function productIn(node: BinaryNode): Product[] {
  const id = textOf(node, "id");
  if (id === null) return [];
  const price = whole(textOf(node, "price"));
  const images = getBinaryNodeChildren(getBinaryNodeChild(node, "media"), "image");
  const product: Product = {
    id,
    name: textOf(node, "name") ?? "",
    description: textOf(node, "description"),
    price: price === null ? null : price / PRICE_UNIT,
    currency: textOf(node, "currency"),
    retailerId: textOf(node, "retailer_id"),
    url: textOf(node, "url"),
    imageUrls: images.flatMap(
      (image) => textOf(image, "original_image_url") ?? textOf(image, "request_image_url") ?? [],
    ),
  };
  return [product];
}
