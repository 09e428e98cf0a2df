import type { ObjectRef } from "@pothos/core";
import { GatewayError } from "../domain/errors.ts";
import type { SchemaTypes } from "./builder.ts";
import { builder } from "./builder.ts";
import type { ExpectedCode } from "./error.ts";
import { errorTypeOf } from "./error.ts";
import { Failure } from "./failure.ts";

/**
 * The result of a mutation as a union of what it makes and how it can fail. `settle` turns the
 * failures that were declared into values; whatever else is thrown stays a GraphQL error.
 */
export function resultType<T extends object>(
  name: string,
  options: {
    readonly description: string;
    readonly success: readonly ObjectRef<SchemaTypes, T>[];
    readonly errors: readonly ExpectedCode[];
    /** Names the type of a success where there are several. */
    readonly successName?: (value: T) => string;
  },
) {
  const { description, success, errors, successName } = options;
  const failures = [...new Set(errors.map(errorTypeOf))];
  const expected: ReadonlySet<string> = new Set(errors);
  const type = builder.unionType(name, {
    description,
    types: [...success, ...failures],
    resolveType: (value: T | Failure) =>
      value instanceof Failure
        ? errorTypeOf(value.code as ExpectedCode).name
        : (successName?.(value) ?? success[0]?.name),
  });
  const settle = async (work: () => Promise<T>): Promise<T | Failure> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof GatewayError && expected.has(error.code)) return new Failure(error);
      throw error;
    }
  };
  return { type, settle };
}
