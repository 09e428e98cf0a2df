import { join } from "node:path";
import type { GraphQLField, GraphQLObjectType } from "graphql";
import { isObjectType, Kind, parse } from "graphql";

export const capabilitiesFile = join(import.meta.dirname, "../../docs/capabilities.md");

const HEAD = `# What the gateway can do

Every operation of the GraphQL API, with the REST call that does the same, and every event. Made from the code by
\`npm run codegen\`; \`schema.graphql\` has all arguments and types.
`;

/** The table of all that can be asked for and told, as Markdown. */
export async function printedCapabilities(): Promise<string> {
  const { schema } = await import("../../src/graphql/schema.ts");
  const { EVENT_TYPE_NAMES } = await import("../../src/graphql/events/event.ts");
  const calls = await restCalls();
  const operations = (type: GraphQLObjectType | null | undefined, title: string): string => {
    const fields = Object.values(type?.getFields() ?? {});
    const rows = fields
      .toSorted((one, other) => one.name.localeCompare(other.name))
      .map((field) => [summaryOf(field), `\`${field.name}\``, calls.get(field.name) ?? ""]);
    return table(title, ["", "GraphQL", "REST"], rows);
  };
  const events = Object.entries(EVENT_TYPE_NAMES).map(([type, name]) => {
    const told = schema.getType(name);
    if (!isObjectType(told)) throw new Error(`the event ${type} has no GraphQL type`);
    return [firstSentence(told.description), `\`${type}\``, `\`${name}\``];
  });
  return [
    HEAD,
    operations(schema.getQueryType(), "To be read"),
    operations(schema.getMutationType(), "To be done"),
    operations(schema.getSubscriptionType(), "To be followed"),
    table("Events", ["", "type", "GraphQL"], events),
  ].join("\n");
}

/** The REST calls by the field that they run. */
async function restCalls(): Promise<ReadonlyMap<string, string>> {
  const { aliases } = await import("../../src/rest/aliases.ts");
  const found = new Map<string, string>();
  for (const { method, path, source } of aliases) {
    const call = `\`${method} ${path}\``;
    for (const field of rootFields(source)) {
      const known = found.get(field);
      found.set(field, known === undefined ? call : `${known}<br>${call}`);
    }
  }
  return found;
}

function rootFields(source: string): readonly string[] {
  return parse(source).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [selection.name.value] : [],
        )
      : [],
  );
}

function summaryOf({ description }: GraphQLField<unknown, unknown>): string {
  return firstSentence(description);
}

function firstSentence(text: string | null | undefined): string {
  const [sentence = ""] = (text ?? "").replaceAll("\n", " ").split(/(?<=\.)\s/);
  return sentence.replaceAll("|", "\\|");
}

function table(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const rule = line(columns.map(() => "---"));
  return `## ${title}\n\n${[line(columns), rule, ...rows.map(line)].join("\n")}\n`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
