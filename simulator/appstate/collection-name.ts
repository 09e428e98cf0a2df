/** What an account's devices agree on stands in five collections. */
export const COLLECTIONS = [
  "critical_block",
  "critical_unblock_low",
  "regular_high",
  "regular_low",
  "regular",
] as const;

export type CollectionName = (typeof COLLECTIONS)[number];

export function isCollection(name: string | undefined): name is CollectionName {
  return (COLLECTIONS as readonly (string | undefined)[]).includes(name);
}
