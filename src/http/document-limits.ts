import type {
  DocumentNode,
  FragmentDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from "graphql";
import { Kind } from "graphql";

/**
 * What a query may ask for. The deepest honest ones (webhooks of instances with their deliveries
 * and attempts) are 11 deep and have some 100 fields; schema explorers have some 400.
 */
export const DOCUMENT_LIMITS = { depth: 15, fields: 1_000, aliases: 50, directives: 50 };

type Weight = Readonly<Record<keyof typeof DOCUMENT_LIMITS, number>>;

const NOTHING: Weight = { depth: 0, fields: 0, aliases: 0, directives: 0 };

/**
 * What makes a document too expensive to validate and execute, in words for its author. Fragments
 * count at every place where they are spread, and are weighed once: the work is linear in the
 * document, however large the query is that it stands for.
 */
export function tooHeavy(document: DocumentNode): string | undefined {
  const weigh = scales(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const weight = weigh(definition.selectionSet);
    const variables = definition.variableDefinitions ?? [];
    const directives = [definition, ...variables].reduce(
      (sum, node) => sum + (node.directives?.length ?? 0),
      weight.directives,
    );
    for (const [name, most] of Object.entries(DOCUMENT_LIMITS)) {
      const actual = { ...weight, directives }[name as keyof Weight];
      if (actual > most) return `The operation has a ${name} count of more than ${most}.`;
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
    const weight = fragment ? weighSet(fragment.selectionSet) : NOTHING;
    weighed.set(name, weight);
    return weight;
  }

  function weighSelection(node: SelectionNode): Weight {
    const directives = node.directives?.length ?? 0;
    if (node.kind !== Kind.FIELD) {
      const inner =
        node.kind === Kind.INLINE_FRAGMENT
          ? weighSet(node.selectionSet)
          : weighFragment(node.name.value);
      return { ...inner, directives: inner.directives + directives };
    }
    const inner = node.selectionSet ? weighSet(node.selectionSet) : NOTHING;
    // The depth of introspection has its own rule in graphql-js: types name types, nine times over.
    const explorer = node.name.value.startsWith("__");
    return {
      depth: explorer ? 1 : inner.depth + 1,
      fields: inner.fields + 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      directives: inner.directives + directives,
    };
  }

  function weighSet(set: SelectionSetNode): Weight {
    return set.selections.map(weighSelection).reduce(
      (sum, next) => ({
        depth: Math.max(sum.depth, next.depth),
        fields: sum.fields + next.fields,
        aliases: sum.aliases + next.aliases,
        directives: sum.directives + next.directives,
      }),
      NOTHING,
    );
  }

  return weighSet;
}
