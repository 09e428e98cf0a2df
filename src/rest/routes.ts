import type { Alias } from "./alias.ts";
import { aliases } from "./aliases.ts";
import { Refusal } from "./answer.ts";

export interface Route {
  readonly alias: Alias;
  readonly params: Readonly<Record<string, string>>;
}

/** Plain expressions and no URLPattern, which took 40 microseconds per call for the whole table: a sixth of what a send may cost. */
const patterns = aliases.map((alias) => ({
  alias,
  pattern: new RegExp(`^${alias.path.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")}$`),
}));

/**
 * The alias for a call. HEAD is answered as GET, without the body.
 * @throws Refusal 404 for a path that is not there, 405 for a method that the path does not have
 */
export function routeFor(method: string, pathname: string): Route {
  const wanted = method === "HEAD" ? "GET" : method;
  const allowed = new Set<string>();
  for (const { alias, pattern } of patterns) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    if (alias.method === wanted) return { alias, params: decoded(match.groups ?? {}) };
    allowed.add(alias.method);
    if (alias.method === "GET") allowed.add("HEAD");
  }
  if (allowed.size === 0) {
    throw new Refusal(
      "NOT_FOUND",
      `There is nothing at ${pathname}. GET / lists what there is; GraphQL is at /graphql.`,
    );
  }
  const allow = [...allowed].join(", ");
  throw new Refusal("METHOD_NOT_ALLOWED", `${pathname} does not take ${method}, but ${allow}.`, {
    headers: { allow },
  });
}

function decoded(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decode(value)]));
}

/** A broken escape names nothing that exists, and the operation will say so. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
