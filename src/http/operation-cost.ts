import type {
  ArgumentNode,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from "graphql";
import {
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
} from "graphql";

/** How many values an operation may answer with. A page of 200 events with every field there is has some 30,000. */
export const MAX_COST = 50_000;

/** Entries of a page when nobody says how many, and at most: what the schema itself does. */
const USUAL_PAGE = 50;
const LONGEST_PAGE = 200;

/** What a list without pages is taken for: receivers of a message, webhooks of an account, tries of a delivery. */
const USUAL_LIST = 10;

type Variables = Readonly<Record<string, unknown>>;

/** A number, or one that is known as soon as the variables are. */
type Cost = number | ((variables: Variables) => number);

/**
 * At most how many values an operation answers with, by the sizes of its pages, as a function of its
 * variables: documents are read once and run often.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): (variables: Variables) => number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    } else if (definition.kind === Kind.OPERATION_DEFINITION) {
      if (!operationName || definition.name?.value === operationName) operation ??= definition;
    }
  }
  if (operation === undefined) return () => 0;
  const defaults = defaultsOf(operation);
  const known = new Map<string, Cost>();

  function ofSet(set: SelectionSetNode, parent: GraphQLNamedType | undefined): Cost {
    const parts = set.selections.map((node): Part => {
      switch (node.kind) {
        case Kind.FRAGMENT_SPREAD: {
          const on = fragments.get(node.name.value)?.typeCondition.name.value;
          return { types: typesOf(on), cost: ofFragment(node.name.value) };
        }
        case Kind.INLINE_FRAGMENT: {
          const on = node.typeCondition?.name.value;
          const type = on === undefined ? parent : schema.getType(on);
          return { types: typesOf(on), cost: ofSet(node.selectionSet, type) };
        }
        case Kind.FIELD:
          return { types: undefined, cost: ofField(node, parent) };
      }
    });
    if (!isAbstractType(parent)) return sumOf(parts);
    // An answer is of one of the types, so of what is said for each only one counts: the dearest.
    const each = schema
      .getPossibleTypes(parent)
      .map(({ name }) => sumOf(parts.filter(({ types }) => types?.has(name) ?? true)));
    return together(each, (values) => Math.max(0, ...values));
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Cost {
    const field =
      isObjectType(parent) || isInterfaceType(parent)
        ? parent.getFields()[node.name.value]
        : undefined;
    if (!field || !node.selectionSet) return 1;
    const inner = ofSet(node.selectionSet, getNamedType(field.type));
    if (field.args.some(({ name }) => name === "first")) {
      const size = sizeIn(node.arguments ?? [], defaults);
      return together([size, inner], ([times = 0, cost = 0]) => 1 + times * cost);
    }
    const isList = isListType(isNonNullType(field.type) ? field.type.ofType : field.type);
    // `edges` is as long as the page above it says.
    const times = isList && node.name.value !== "edges" ? USUAL_LIST : 1;
    return together([inner], ([cost = 0]) => 1 + times * cost);
  }

  function ofFragment(name: string): Cost {
    const made = known.get(name);
    if (made !== undefined) return made;
    const fragment = fragments.get(name);
    if (!fragment) return 0;
    const cost = ofSet(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value));
    known.set(name, cost);
    return cost;
  }

  /** The types of objects that a condition stands for; nothing for no condition. */
  function typesOf(name: string | undefined): ReadonlySet<string> | undefined {
    const type = name === undefined ? undefined : schema.getType(name);
    if (!isAbstractType(type)) return name === undefined ? undefined : new Set([name]);
    return new Set(schema.getPossibleTypes(type).map((each) => each.name));
  }

  const cost = ofSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  return (variables) => valueOf(cost, variables);
}

/** What is selected for some of the types that an answer may be of, or for all. */
interface Part {
  readonly types: ReadonlySet<string> | undefined;
  readonly cost: Cost;
}

function sumOf(parts: readonly Part[]): Cost {
  const costs = parts.map(({ cost }) => cost);
  return together(costs, (values) => values.reduce((sum, value) => sum + value, 0));
}

function valueOf(cost: Cost, variables: Variables): number {
  return typeof cost === "number" ? cost : cost(variables);
}

/** What several costs make, at once where none of them waits for a variable. */
function together(costs: readonly Cost[], make: (values: readonly number[]) => number): Cost {
  const values = costs.filter((cost) => typeof cost === "number");
  if (values.length === costs.length) return make(values);
  return (variables) => make(costs.map((cost) => valueOf(cost, variables)));
}

/** The size of the page that a field asks for. One that is out of bounds is refused by the field itself. */
function sizeIn(given: readonly ArgumentNode[], defaults: Variables): Cost {
  const asked = given.find(({ name }) => name.value === "first" || name.value === "last")?.value;
  const within = (size: unknown): number =>
    typeof size === "number" ? Math.min(Math.max(size, 1), LONGEST_PAGE) : USUAL_PAGE;
  if (asked?.kind === Kind.INT) return within(Number(asked.value));
  if (asked?.kind !== Kind.VARIABLE) return USUAL_PAGE;
  const name = asked.name.value;
  return (variables) => within(variables[name] ?? defaults[name]);
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
}
