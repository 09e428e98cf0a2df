import type {
  DocumentNode,
  FragmentDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from "graphql";
import { Kind } from "graphql";

/**
 * What a query may ask for. The deepest honest ones (webhooks of instances with their deliveries
 * and attempts) are 11 deep and have some 100 fields; schema explorers have some 400. Nobody honest writes
 * a field twice beside itself, or more than `@include` and `@skip` and one of a client's own in one place.
 */
export const DOCUMENT_LIMITS = {
  depth: 15,
  fields: 1_000,
  aliases: 50,
  directives: 50,
  "directives in one place": 5,
  "repetitions of a field": 5,
};

type Weight = Readonly<Record<keyof typeof DOCUMENT_LIMITS, number>>;

const NOTHING: Weight = {
  depth: 0,
  fields: 0,
  aliases: 0,
  directives: 0,
  "directives in one place": 0,
  "repetitions of a field": 0,
};

/**
 * What makes a document too expensive to validate and execute, in words for its author. Fragments
 * count at every place where they are spread, and are weighed once: the work is linear in the
 * document, however large the query is that it stands for.
 */
export function tooHeavy(document: DocumentNode): string | undefined {
  const weigh = scales(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const variables = definition.variableDefinitions ?? [];
    const weight = [definition, ...variables].reduce(
      (sum, node) => added(sum, directivesOf(node)),
      weigh(definition.selectionSet),
    );
    for (const [name, most] of Object.entries(DOCUMENT_LIMITS)) {
      if (weight[name as keyof Weight] <= most) continue;
      return `The operation has a count of ${name} of more than ${most}.`;
    }
  }
  return undefined;
}

function scales(document: DocumentNode): (selections: SelectionSetNode) => Weight {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const weighed = new Map<string, Weight>();

  function weighFragment(name: string): Weight {
    const known = weighed.get(name);
    if (known) return known;
    // A cycle weighs nothing here; validation refuses it.
    weighed.set(name, NOTHING);
    const fragment = fragments.get(name);
    const weight = fragment
      ? added(weighSet(fragment.selectionSet), directivesOf(fragment))
      : NOTHING;
    weighed.set(name, weight);
    return weight;
  }

  function weighSelection(node: SelectionNode): Weight {
    const directives = directivesOf(node);
    if (node.kind !== Kind.FIELD) {
      const inner =
        node.kind === Kind.INLINE_FRAGMENT
          ? weighSet(node.selectionSet)
          : weighFragment(node.name.value);
      return added(inner, directives);
    }
    const inner = node.selectionSet ? weighSet(node.selectionSet) : NOTHING;
    // The depth of introspection has its own rule in graphql-js: types name types, nine times over.
    const explorer = node.name.value.startsWith("__");
    const weight = added(inner, directives);
    return {
      ...weight,
      depth: explorer ? 1 : inner.depth + 1,
      fields: inner.fields + 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
    };
  }

  function weighSet(set: SelectionSetNode): Weight {
    const sum = set.selections.map(weighSelection).reduce(added, NOTHING);
    return added(sum, { ...NOTHING, "repetitions of a field": repetitionsIn(set) });
  }

  return weighSet;
}

function added(a: Weight, b: Weight): Weight {
  const most = (name: keyof Weight): number => Math.max(a[name], b[name]);
  return {
    depth: most("depth"),
    fields: a.fields + b.fields,
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
    "directives in one place": most("directives in one place"),
    "repetitions of a field": most("repetitions of a field"),
  };
}

function directivesOf({ directives = [] }: { readonly directives?: readonly unknown[] }): Weight {
  const count = directives.length;
  return { ...NOTHING, directives: count, "directives in one place": count };
}

function repetitionsIn({ selections }: SelectionSetNode): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) continue;
    const name = node.alias?.value ?? node.name.value;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    most = Math.max(most, count);
  }
  return most;
}
