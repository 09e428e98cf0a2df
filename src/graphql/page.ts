import { GatewayError } from "../domain/errors.ts";

/** Entries on a page when nobody says how many. */
const DEFAULT_SIZE = 50;

/** One page is one answer in memory: more entries come in more pages. */
const MAX_PAGE_SIZE = 200;

/** @throws GatewayError BAD_INPUT beyond 1 to 200 */
export function pageSize(size: number | null | undefined, argument: "first" | "last"): number {
  if (size === null || size === undefined) return DEFAULT_SIZE;
  if (size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw new GatewayError(
    "BAD_INPUT",
    `\`${argument}\` is a number from 1 to ${MAX_PAGE_SIZE}. Ask for more with the cursor of the page.`,
    { argument },
  );
}

/** What of Relay's four arguments a field takes. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/**
 * From which end a page is taken, and how long it is.
 * @throws GatewayError BAD_INPUT when both ends are asked for
 */
export function pageOf({ first, last }: PageArguments): {
  readonly size: number;
  readonly backward: boolean;
} {
  const backward = last !== null && last !== undefined;
  if (!backward) return { size: pageSize(first, "first"), backward };
  if (first === null || first === undefined) return { size: pageSize(last, "last"), backward };
  throw new GatewayError("BAD_INPUT", "Pass either `first` or `last`, not both.", {
    argument: "last",
  });
}

/** A page in Relay's shape. */
export interface Connection<T> {
  readonly edges: { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A page whose cursors are those of its entries. */
export function connection<T>(
  nodes: readonly T[],
  cursorOf: (node: T) => string,
  beyond: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean },
): Connection<T> {
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const startCursor = edges[0]?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  return { edges, pageInfo: { ...beyond, startCursor, endCursor } };
}
