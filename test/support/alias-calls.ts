import { Kind, parse } from "graphql";
import { z } from "zod";
import type { Alias } from "../../src/rest/alias.ts";

/** A call of an alias with everything that it cannot do without. */
export interface AliasCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** @param named values for parameters and fields of these names, instead of the id */
export function aliasCall(
  { method, path, body }: Alias,
  id: string,
  named: Readonly<Record<string, string>> = {},
): AliasCall {
  const schema = body && (z.toJSONSchema(body, { io: "input", unrepresentable: "any" }) as Shape);
  return {
    method,
    path: path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(named[name] ?? id)),
    body: schema && sample(schema, id, { ...NAMED, ...named }),
  };
}

/** The root field that an alias stands for. */
export function rootFieldOf(alias: Alias): string {
  const { body } = aliasCall(alias, "nope");
  const { source } = alias.operation({
    params: { id: "nope", messageId: "nope" },
    query: {},
    body,
    headers: new Headers(),
  });
  const definition = parse(source).definitions.find(
    (each) => each.kind === Kind.OPERATION_DEFINITION,
  );
  const [field] = definition?.selectionSet.selections ?? [];
  if (definition === undefined || field?.kind !== Kind.FIELD) throw new Error(source);
  return `${definition.operation}.${field.name.value}`;
}

interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** What one of several has to be there of, and what one reaches for. */
const SOURCES: ReadonlySet<string> = new Set(["url", "files", "instanceId"]);

const NAMED: Readonly<Record<string, unknown>> = {
  to: "15550009999",
  url: "https://receiver.example/hook",
  scopes: ["keys:admin"],
  startsAt: "2030-01-01T00:00:00Z",
};

function sample(shape: Shape, id: string, given: Readonly<Record<string, unknown>>): unknown {
  if (shape.anyOf?.[0]) return sample(shape.anyOf[0], id, given);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.type === "array") return shape.items ? [sample(shape.items, id, given)] : [];
  if (shape.type === "number" || shape.type === "integer") return 1;
  if (shape.type === "boolean") return true;
  if (shape.type !== "object") return "generated";
  const names = Object.keys(shape.properties ?? {}).filter(
    (name) => shape.required?.includes(name) === true || SOURCES.has(name),
  );
  return Object.fromEntries(
    names.map((name) => {
      if (name in given) return [name, given[name]];
      if (name === "instanceId") return [name, id];
      return [name, sample(shape.properties?.[name] ?? {}, id, given)];
    }),
  );
}
