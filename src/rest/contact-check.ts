import { z } from "zod";
import { alias } from "./alias.ts";
import { present } from "./answer.ts";
import { CheckContactsDocument } from "./generated/operations.ts";

export const contactCheckAlias = alias({
  method: "POST",
  path: "/instances/:id/contacts/check",
  summary: "Look up who has these numbers on WhatsApp, up to 1,000 at once",
  body: z.strictObject({ phones: z.array(z.string()) }),
  document: CheckContactsDocument,
  variables: ({ params, body: { phones } }) => ({ instanceId: params.id, phones }),
  answer: ({ contactCheck }) => ({ status: 200, body: contactCheck.map(present) }),
});
