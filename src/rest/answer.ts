import type { RestCode } from "./status.ts";
import { statusOf } from "./status.ts";

/** What goes back, before it becomes a Response. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when a media type comes with it. */
  readonly body?: unknown;
  readonly mediaType?: string;
}

/** The one shape of every error. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details?: Readonly<Record<string, unknown>>;
  };
}

export function errorBody(
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): ErrorBody {
  const known = present(details);
  return {
    error: { code, message, ...(Object.keys(known).length > 0 && { details: known }) },
  };
}

/** An answer that ends a call before or instead of its operation. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly answer: Answer;

  constructor(
    code: RestCode,
    message: string,
    options: {
      readonly details?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    const { details, headers } = options;
    const body = errorBody(code, message, details);
    this.answer = { status: statusOf(code) ?? 500, body, ...(headers && { headers }) };
  }
}

/** An error type of the schema, as `fragment Failure` selects it. */
interface Failure {
  readonly __typename: string;
  readonly code: string;
  readonly message: string;
}

/**
 * The answer to a mutation's result: its failure with the status of its code, or what `success` makes of it.
 * Failures are known by their fields: what a mutation makes never has a `code` and a `message`, or no caller
 * could select it beside `... on Error`.
 */
export function settled<Result extends { readonly __typename: string }>(
  result: Result,
  success: (made: Exclude<Result, Failure>) => Answer,
): Answer {
  if (!isFailure(result)) return success(result as Exclude<Result, Failure>);
  const { __typename, code, message, ...details } = result;
  return { status: statusOf(code) ?? 400, body: errorBody(code, message, details) };
}

function isFailure(result: { readonly __typename: string }): result is Failure {
  return "code" in result && "message" in result;
}

/** Without what is null: a field with a `?` in the documentation is left out when there is nothing to say. */
export function present<T extends object>(fields: T): Partial<T> {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(known) as Partial<T>;
}
