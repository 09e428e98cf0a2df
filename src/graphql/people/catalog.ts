import type { CatalogPage, Product } from "../../domain/business.ts";
import { builder } from "../builder.ts";

const ProductType = builder.objectRef<Product>("Product").implement({
  description: "Something that a business sells.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "WhatsApp's number for it." }),
    name: t.exposeString("name", { description: "What it is called." }),
    description: t.exposeString("description", { nullable: true, description: "What it is." }),
    price: t.exposeFloat("price", {
      nullable: true,
      description: "In units of the currency. Null where none is shown.",
    }),
    currency: t.exposeString("currency", {
      nullable: true,
      description: "The currency of the price by ISO 4217, such as `BRL`.",
    }),
    retailerId: t.exposeString("retailerId", {
      nullable: true,
      description: "The seller's own number for it.",
    }),
    url: t.exposeString("url", { nullable: true, description: "A page about it." }),
    imageUrls: t.field({
      type: ["String"],
      description: "Where WhatsApp serves its pictures, for some days.",
      resolve: ({ imageUrls }) => [...imageUrls],
    }),
  }),
});

const CatalogType = builder.objectRef<CatalogPage>("Catalog").implement({
  description: "A page of what somebody sells.",
  fields: (t) => ({
    products: t.field({
      type: [ProductType],
      description: "In the seller's order.",
      resolve: ({ products }) => [...products],
    }),
    after: t.exposeString("after", {
      nullable: true,
      description: "Pass it as `after` for the next page. Null on the last one.",
    }),
  }),
});

builder.queryField("catalog", (t) =>
  t.field({
    authScopes: { may: "contacts" },
    type: CatalogType,
    description: "What somebody sells on WhatsApp. Without products for who sells nothing.",
    args: {
      instanceId: t.arg.id({ required: true, description: "The account that asks." }),
      contact: t.arg.string({ required: true, description: "A phone number or a JID." }),
      first: t.arg.int({ description: "How many products: 10 if left out, 50 at most." }),
      after: t.arg.string({ description: "The `after` of the page before." }),
    },
    resolve: (_, { instanceId, contact, first, after }, { people }) =>
      people.catalog(instanceId, contact, first ?? null, after ?? null),
  }),
);
