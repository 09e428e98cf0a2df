import type { ArgBuilder } from "@pothos/core";
import type { Page, PageRequest } from "../../directory/groups.ts";
import type { SchemaTypes } from "../builder.ts";
import type { Connection, PageArguments } from "../page.ts";
import { connection, pageSize } from "../page.ts";

/** The arguments of a list that WhatsApp tells all at once. */
export const pageArgs = (arg: ArgBuilder<SchemaTypes>) => ({
  first: arg.int({ description: "How many: 50 if left out, 200 at most." }),
  after: arg.string({ description: "The `endCursor` of the page before." }),
});

/** @throws GatewayError BAD_INPUT beyond 1 to 200 */
export function pageRequest({ first, after }: PageArguments): PageRequest {
  return { first: pageSize(first, "first"), after: after ?? null };
}

export const idOf = ({ id }: { readonly id: string }): string => id;

export function shownPage<T>(
  { entries, hasNextPage }: Page<T>,
  cursorOf: (entry: NoInfer<T>) => string,
): Connection<T> {
  return connection(entries, cursorOf, { hasNextPage, hasPreviousPage: false });
}
