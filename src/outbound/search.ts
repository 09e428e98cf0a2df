/** How short names are completed, as `resolv.conf` says. */
export interface Search {
  readonly domains: readonly string[];
  /** A name with so many dots is first tried as it stands. */
  readonly dots: number;
}

export const NO_SEARCH: Search = { domains: [], dots: 1 };

/** Clusters complete the names of their services: what `resolv.conf` says of that; the last line of a kind counts. */
export function parseSearch(text: string): Search {
  let { domains, dots } = NO_SEARCH;
  for (const line of text.split("\n")) {
    const [keyword, ...values] = (line.split(/[#;]/)[0] ?? "").trim().split(/\s+/);
    if (keyword === "search" || keyword === "domain") domains = values;
    if (keyword !== "options") continue;
    const wanted = values.find((each) => /^ndots:\d+$/.test(each));
    if (wanted !== undefined) dots = Number(wanted.slice("ndots:".length));
  }
  return { domains, dots };
}

/** The names to ask for, one after the other until one exists. A final dot says that a name is complete. */
export function namesOf(host: string, { domains, dots }: Search): readonly string[] {
  if (host.endsWith(".")) return [host.slice(0, -1)];
  const longer = domains.map((domain) => `${host}.${domain.replace(/\.$/, "")}`);
  return host.split(".").length > dots ? [host, ...longer] : [...longer, host];
}
