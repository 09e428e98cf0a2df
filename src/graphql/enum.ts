/** The values of a GraphQL enum that are the words of the domain themselves, each with its meaning. */
export function described<T extends string>(
  meanings: Readonly<Record<T, string>>,
): { [Value in T]: { value: Value; description: string } } {
  const entries = Object.entries<string>(meanings);
  return Object.fromEntries(
    entries.map(([value, description]) => [value, { value, description }]),
  ) as { [Value in T]: { value: Value; description: string } };
}
