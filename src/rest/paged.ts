import type { Answer } from "./answer.ts";

interface Page<T> {
  readonly edges: readonly { readonly node: T }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A page as an array, and in `Link` where the next one is: the same call with the cursor of this one. */
export function paged<T>(
  path: string,
  query: Query,
  { edges, pageInfo }: Page<T>,
  shownAs: (node: T) => unknown,
): Answer {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) next.set(name, String(value));
  }
  next.set("after", pageInfo.endCursor ?? "");
  return {
    status: 200,
    ...(pageInfo.hasNextPage && { headers: { link: `<${path}?${next}>; rel="next"` } }),
    body: edges.map(({ node }) => shownAs(node)),
  };
}

export function instancePath(instanceId: string, rest: string): string {
  return `/instances/${encodeURIComponent(instanceId)}/${rest}`;
}
