import { Kind, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { schema } from "../graphql/schema.ts";
import { EXAMPLES } from "./graphiql-examples.ts";

test.each(EXAMPLES)(
  "what the playground offers can be run ($query.length)",
  ({ query, variables }) => {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const used = document.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION
        ? (each.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
        : [],
    );
    expect(new Set(Object.keys(variables ?? {}))).toEqual(new Set(used));
  },
);
