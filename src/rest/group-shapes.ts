import { z } from "zod";
import type { Answer } from "./answer.ts";
import { errorBody, present } from "./answer.ts";
import { limit } from "./fields.ts";
import type {
  GroupStateFragment,
  GroupSummaryFragment,
  ParticipantResultFragment,
} from "./generated/operations.ts";

/** Numbers or JIDs. */
export const people = z.array(z.string());

/** Without `description` it has none, without `communityId` it belongs to no community. */
export function groupOf({ id, ...state }: GroupSummaryFragment) {
  return { groupId: id, ...present(state) };
}

/** A group with its members, or the first 200 of them: the answer says how to go on. */
export function groupWithMembers({ participants, ...group }: GroupStateFragment) {
  return { ...groupOf(group), participants: participants.edges.map(({ node }) => node) };
}

export const pageQuery = z.strictObject({ limit: limit.optional(), after: z.string().optional() });

/** Without `error` it was done. */
export function resultsOf(results: readonly ParticipantResultFragment[]) {
  return results.map(present);
}

export function noGroup(id: string): Answer {
  const message = `There is no group "${id}", or the account is not in it.`;
  return { status: 404, body: errorBody("GROUP_NOT_FOUND", message, { groupId: id }) };
}

/** How to go on from a page. */
export function nextPage(
  path: string,
  size: number | undefined,
  { hasNextPage, endCursor }: { readonly hasNextPage: boolean; readonly endCursor: string | null },
): Pick<Answer, "headers"> {
  if (!hasNextPage) return {};
  const query = new URLSearchParams({
    ...(size !== undefined && { limit: String(size) }),
    after: endCursor ?? "",
  });
  return { headers: { link: `<${path}?${query}>; rel="next"` } };
}
