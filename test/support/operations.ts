import type {
  GraphQLArgument,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLInputType,
  GraphQLNamedOutputType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationTypeNode,
} from "graphql";
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isUnionType,
  parse,
} from "graphql";
import { costOf, MAX_COST } from "../../src/http/operation-cost.ts";
import { DOCUMENT_LIMITS, tooHeavy } from "../../src/http/document-limits.ts";

type Kind = `${OperationTypeNode}`;

/** An operation that asks one root field for all there is. */
export interface GeneratedOperation {
  readonly kind: Kind;
  readonly field: string;
  readonly args: readonly GraphQLArgument[];
  readonly source: string;
  /** The arguments, with this id in every place where an id goes; `named` are values for those of these names instead. */
  variables(
    id: string,
    named?: Readonly<Record<string, unknown>>,
  ): Readonly<Record<string, unknown>>;
}

/**
 * One operation for every root field of a schema.
 * @param isGiven the arguments that are variables: what has to be there, and every id, if left out
 */
export function operationsOf(
  schema: GraphQLSchema,
  isGiven: (arg: GraphQLArgument) => boolean = isFilled,
  depths: readonly number[] = DEPTHS,
): readonly GeneratedOperation[] {
  return (["query", "mutation", "subscription"] as const).flatMap((kind) => {
    const root = schema.getRootType(kind as OperationTypeNode);
    return Object.values(root?.getFields() ?? {}).map((field) =>
      operationFor(schema, kind, field, isGiven, depths),
    );
  });
}

/** One operation for every root field of a schema that asks for nothing in it: as cheap as can be. */
export function callsOf(schema: GraphQLSchema): readonly GeneratedOperation[] {
  return operationsOf(schema, isFilled, [0]);
}

function operationFor(
  schema: GraphQLSchema,
  kind: Kind,
  field: GraphQLField<unknown, unknown>,
  isGiven: (arg: GraphQLArgument) => boolean,
  depths: readonly number[],
): GeneratedOperation {
  const args = field.args.filter(isGiven);
  const heads = args.map(({ name, type }) => `$${name}: ${String(type)}`);
  const passed = args.map(({ name }) => `${name}: $${name}`);
  const source = (depth: number): string =>
    `${kind} Generated${inParens(heads)} { ${field.name}${inParens(passed)}${selection(schema, field.type, depth)} }`;
  const variables = (id: string, named: Readonly<Record<string, unknown>> = {}) => {
    const given = { ...NAMED_VALUES, ...named };
    return Object.fromEntries(args.map(({ name, type }) => [name, valueOf(name, type, id, given)]));
  };
  const allowed = depths.map(source).find((text) => {
    const document = parse(text);
    if (tooHeavy(document) !== undefined) return false;
    return costOf(schema, document, null)(variables("any")) <= MAX_COST;
  });
  if (allowed === undefined) throw new Error(`nothing can be asked of ${field.name}`);
  return {
    kind,
    field: field.name,
    args,
    source: allowed,
    variables,
  };
}

function inParens(list: readonly string[]): string {
  return list.length > 0 ? `(${list.join(", ")})` : "";
}

/** As deep as it may be, or less where the gateway would refuse so large a document or answer. */
const DEPTHS = Array.from(
  { length: DOCUMENT_LIMITS.depth },
  (_, index) => DOCUMENT_LIMITS.depth - index,
);

function selection(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
  above: readonly string[] = [],
): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return "";
  if (depth === 0) return " { __typename }";
  const fields = selectedFields(schema, named, depth, [...above, named.name]);
  return fields.length > 0 ? ` { ${fields.join(" ")} }` : " { __typename }";
}

function selectedFields(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  depth: number,
  above: readonly string[],
  taken = new Map<string, string>(),
  selected: readonly string[] = [],
): string[] {
  const own = isUnionType(type) ? [] : Object.values(type.getFields());
  const fields = own.flatMap((field) => {
    if (selected.includes(field.name)) return [];
    if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined))
      return [];
    // Types name each other: none is entered twice on the way down.
    if (depth <= 1 && isCompositeType(getNamedType(field.type))) return [];
    if (isEntered(schema, getNamedType(field.type), above)) return [];
    // GraphQL refuses one name with two types in a selection.
    const known = taken.get(field.name) ?? String(field.type);
    if (known !== String(field.type)) return [];
    taken.set(field.name, known);
    // Short pages: the gateway refuses what may answer with too much.
    const page = field.args.some(({ name }) => name === "first") ? "(first: 2)" : "";
    return [`${field.name}${page}${selection(schema, field.type, depth - 1, above)}`];
  });
  if (!isAbstractType(type)) return ["__typename", ...fields];
  const names = own.map(({ name }) => name);
  const members = schema.getPossibleTypes(type).map((member) => {
    const inner = selectedFields(schema, member, depth, [...above, member.name], taken, names);
    return `... on ${member.name} { ${inner.join(" ")} }`;
  });
  return ["__typename", ...fields, ...members];
}

function isEntered(
  schema: GraphQLSchema,
  type: GraphQLNamedOutputType,
  above: readonly string[],
): boolean {
  const members = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return [type, ...members].some(({ name }) => above.includes(name));
}

/** What has to be there, and every id: those are what one reaches for. */
function isFilled(arg: GraphQLArgument): boolean {
  if (arg.name === "first" || isReachedFor(arg)) return true;
  return isNonNullType(arg.type) && arg.defaultValue === undefined;
}

function holdsId(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (named.name === "ID") return true;
  return isInputObjectType(named) && Object.values(named.getFields()).some(isReachedFor);
}

/** What narrows a list down to a chat or a person: those are WhatsApp's, and one does not reach for them. */
const NARROWING = new Set(["chatIds", "chatId", "sender", "keyId", "labelId"]);

/** By its id one reaches for an instance, a webhook, a message. */
function isReachedFor({ name, type }: { readonly name: string; readonly type: GraphQLInputType }) {
  return holdsId(type) && !NARROWING.has(name);
}

const NAMED_VALUES: Readonly<Record<string, unknown>> = {
  first: 5,
  phone: "15550009999",
  to: "15550009999",
  url: "https://receiver.example/hook",
  scopes: ["keys:admin"],
};

function valueOf(
  name: string,
  type: GraphQLInputType,
  id: string,
  given: Readonly<Record<string, unknown>>,
): unknown {
  if (name in given) return given[name];
  if (isNonNullType(type)) return valueOf(name, type.ofType, id, given);
  if (isListType(type)) return [valueOf(name, type.ofType, id, given)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const [only] = fields;
    const filled = type.isOneOf
      ? [fields.find((field) => holdsId(field.type)) ?? only]
      : fields.filter(
          (field) => isNonNullType(field.type) || field.name in given || isReachedFor(field),
        );
    return Object.fromEntries(
      filled.flatMap((field) =>
        field ? [[field.name, valueOf(field.name, field.type, id, given)]] : [],
      ),
    );
  }
  switch (type.name) {
    case "ID":
      return id;
    case "Int":
    case "Float":
      return 1;
    case "Boolean":
      return true;
    case "DateTime":
      return "2099-01-01T00:00:00Z";
    case "Cursor":
      return "earliest";
    default:
      return "generated";
  }
}
