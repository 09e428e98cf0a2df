import { PN_SERVER } from "../../../domain/address.ts";
import type { BusinessCalls } from "../../business-calls.ts";
import { whatsappCodeOf } from "../asking/refusal.ts";
import type { BinaryNode } from "../library.ts";
import { askerOf } from "./ask.ts";
import { catalogIn, changeNodes, profileIn } from "./business-stanza.ts";
import type { During } from "./during.ts";

/** The version of a profile that is asked for, and in which one's own is changed. */
const [READ_VERSION, WRITE_VERSION] = ["244", "3"];

/** The sides of the pictures that WhatsApp offers with products, in pixels. */
const PICTURE_SIZE = "100";

const NOT_FOUND = 404;

/** What is asked and changed about businesses; Baileys' own calls take silence for an answer. */
export function businessCalls(during: During): BusinessCalls {
  return {
    businessProfile: (jid) =>
      during(async (socket) => {
        const content = [{ tag: "profile", attrs: { jid } }];
        const node = { tag: "business_profile", attrs: { v: READ_VERSION }, content };
        return profileIn(await askerOf(socket)(query("get", "w:biz", node)));
      }),
    setBusinessProfile: (change) =>
      during(async (socket) => {
        const attrs = { v: WRITE_VERSION, mutation_type: "delta" };
        const node = { tag: "business_profile", attrs, content: [...changeNodes(change)] };
        await askerOf(socket)(query("set", "w:biz", node));
      }),
    catalog: (jid, first, after) =>
      during(async (socket) => {
        const texts = {
          limit: String(first),
          width: PICTURE_SIZE,
          height: PICTURE_SIZE,
          ...(after !== null && { after }),
        };
        const content = Object.entries(texts).map(([tag, text]) => {
          return { tag, attrs: {}, content: Buffer.from(text) };
        });
        const node = { tag: "product_catalog", attrs: { jid, allow_shop_source: "true" }, content };
        try {
          return catalogIn(await askerOf(socket)(query("get", "w:biz:catalog", node)));
        } catch (error) {
          if (whatsappCodeOf((error as Error).cause) !== NOT_FOUND) throw error;
          return { products: [], after: null };
        }
      }),
  };
}

function query(type: "get" | "set", xmlns: string, node: BinaryNode): BinaryNode {
  return { tag: "iq", attrs: { to: PN_SERVER, type, xmlns }, content: [node] };
}
