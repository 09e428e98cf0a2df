import type { z } from "zod";
import { Refusal } from "./answer.ts";

interface Issue {
  readonly path: string;
  readonly message: string;
}

/**
 * The value as the schema wants it; nothing where the alias takes nothing.
 * @throws Refusal 400 that says in words what is wrong where
 */
export function checked(
  schema: z.ZodType | undefined,
  value: unknown,
  what: "query" | "body",
): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap((issue) => inWords(issue));
  const said = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  const where = what === "query" ? "query string" : "request body";
  throw new Refusal("BAD_INPUT", `The ${where} is not right. ${said.join(" · ")}`, {
    details: { issues },
  });
}

function inWords(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): readonly Issue[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    // Of several shapes the one that was meant is the one in which the fault lies deepest.
    const [meant] = issue.errors.toSorted((a, b) => depth(b) - depth(a));
    if (meant && depth(meant) > 0) return meant.flatMap((inner) => inWords(inner, path));
  }
  return [{ path: path.map(String).join("."), message: wordsOf(issue) }];
}

/** The words that callers meet most often, in plain ones. */
function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") {
    const isMissing = issue.message.endsWith("received undefined");
    return isMissing ? "is missing" : `must be of type ${issue.expected}`;
  }
  if (issue.code === "unrecognized_keys") return `there is no field ${issue.keys.join(", ")}`;
  return issue.message;
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}
