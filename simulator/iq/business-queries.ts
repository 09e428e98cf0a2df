import type { AccountState } from "../accounts/account-state.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { Business, OpenDay, SoldProduct } from "../profiles/business.ts";
import {
  type BinaryNode,
  childNamed,
  childrenNamed,
  iqError,
  iqResult,
  textOf,
} from "../protocol/nodes.ts";

const node = (tag: string, content: BinaryNode[] | Buffer, attrs = {}): BinaryNode => ({
  tag,
  attrs,
  content,
});

const text = (tag: string, words: string | undefined): BinaryNode[] =>
  words === undefined || words === "" ? [] : [node(tag, Buffer.from(words))];

/** `iq w:biz`: what a business shows of itself, or a change of one's own. */
export function answerBusiness(
  iq: BinaryNode,
  { profile }: AccountState,
  accounts: Accounts,
): BinaryNode {
  const asked = childNamed(iq, "business_profile");
  if (iq.attrs["type"] === "set") {
    if (profile.business === undefined) return iqError(iq, 403, "forbidden");
    change(profile.business, asked);
    return iqResult(iq);
  }
  const jid = childNamed(asked, "profile")?.attrs["jid"] ?? "";
  const business = accounts.byJid(jid)?.profile.business;
  const shown = business && node("profile", profileNodes(business), { jid });
  return iqResult(iq, [node("business_profile", shown ? [shown] : [])]);
}

function profileNodes(business: Business): BinaryNode[] {
  const { description, category, address, email, websites, hours } = business;
  return [
    ...text("address", address),
    ...text("description", description),
    ...websites.flatMap((site) => text("website", site)),
    ...text("email", email),
    node("categories", [node("category", Buffer.from(category), { id: "1" })]),
    ...(hours
      ? [node("business_hours", hours.days.map(dayNode), { timezone: hours.timezone })]
      : []),
  ];
}

function dayNode({ day, mode, opens, closes }: OpenDay): BinaryNode {
  const times = { open_time: String(opens), close_time: String(closes) };
  const attrs = { day_of_week: day, mode, ...(mode === "specific_hours" && times) };
  return { tag: "business_hours_config", attrs };
}

/** Only what is named is changed. */
function change(business: Business, asked: BinaryNode | undefined): void {
  for (const tag of ["description", "address", "email"] as const) {
    const child = childNamed(asked, tag);
    if (child) business[tag] = textOf(child);
  }
  const sites = childrenNamed(asked, "website");
  if (sites.length > 0) business.websites = sites.map(textOf).filter((site) => site !== "");
  const hours = childNamed(asked, "business_hours");
  if (hours === undefined) return;
  const days = childrenNamed(hours, "business_hours_config").map(({ attrs }): OpenDay => {
    const { day_of_week: day = "", mode, open_time: opens, close_time: closes } = attrs;
    const known = mode as OpenDay["mode"];
    if (opens === undefined) return { day, mode: known };
    return { day, mode: known, opens: Number(opens), closes: Number(closes) };
  });
  business.hours = { timezone: hours.attrs["timezone"] ?? "", days };
}

/** `iq w:biz:catalog`: a page of what somebody sells; the cursor is a place in the list. */
export function answerCatalog(iq: BinaryNode, accounts: Accounts): BinaryNode {
  const asked = childNamed(iq, "product_catalog");
  const business = accounts.byJid(asked?.attrs["jid"])?.profile.business;
  if (business === undefined) return iqError(iq, 404, "item-not-found");
  const from = Number(textOf(childNamed(asked, "after")) || 0);
  const to = from + Number(textOf(childNamed(asked, "limit")) || 10);
  const products = business.products.slice(from, to).map(productNode);
  const paging = to < business.products.length ? [node("paging", text("after", String(to)))] : [];
  return iqResult(iq, [node("product_catalog", [...products, ...paging])]);
}

function productNode(product: SoldProduct): BinaryNode {
  const { id, name, description, price, currency, retailerId, url, imageUrl } = product;
  const image = node("image", [
    ...text("request_image_url", imageUrl && `${imageUrl}?small`),
    ...text("original_image_url", imageUrl),
  ]);
  const content = [
    ...text("id", id),
    ...text("name", name),
    ...text("description", description),
    ...text("price", price?.toString()),
    ...text("currency", currency),
    ...text("retailer_id", retailerId),
    ...text("url", url),
    ...(imageUrl === undefined ? [] : [node("media", [image])]),
  ];
  return node("product", content, product.isHidden === true ? { is_hidden: "true" } : {});
}
