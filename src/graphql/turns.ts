import type { GraphQLFieldResolver, GraphQLSchema } from "graphql";
import { GatewayError } from "../domain/errors.ts";
import type { Context } from "./context.ts";

/**
 * Has every change count by itself for the rate of a key: an operation may hold fifty of them, and came in
 * for the price of one.
 */
export function inTurn(schema: GraphQLSchema): GraphQLSchema {
  const begun = new WeakSet<Context>();
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve as GraphQLFieldResolver<unknown, Context> | undefined;
    if (!resolve) continue;
    field.resolve = (root, args: Readonly<Record<string, unknown>>, context: Context, info) => {
      if (begun.has(context) && !context.takeTurn()) throw tooOften(context);
      begun.add(context);
      return resolve(root, args, context, info);
    };
  }
  return schema;
}

function tooOften({ caller }: Context): GatewayError {
  const { name, bounds } = caller;
  return new GatewayError(
    "RATE_LIMITED",
    `The key "${name}" may do ${bounds.ratePerMinute} operations per minute, and each change counts.`,
  );
}
