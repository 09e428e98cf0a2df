import type { Caller } from "../../domain/caller.ts";
import { expectScopes, lacking, mayDo } from "../../domain/caller.ts";
import type { EventType } from "../../domain/event.ts";
import { EVENT_TYPES, matchesPattern } from "../../domain/event.ts";
import { scopeOfEvent } from "../../domain/scope.ts";
import type { CheckedFilter, EventFilter } from "../../events/filter.ts";
import { checkFilter } from "../../events/filter.ts";

/**
 * A filter that lets nothing through that the caller may not read. Who names a type hears that they may
 * not have it; who names none gets what they may.
 * @throws GatewayError BAD_INPUT, FORBIDDEN
 */
export function filterFor(caller: Caller, filter: EventFilter): CheckedFilter {
  const checked = checkFilter(filter);
  return {
    ...checked,
    types: typesFor(caller, checked.types),
    instanceIds: instancesFor(caller, checked.instanceIds),
  };
}

/** @throws GatewayError FORBIDDEN when one of the patterns stands for a type that the caller may not read */
export function expectEvents(caller: Caller, patterns: readonly string[]): void {
  const types = EVENT_TYPES.filter((type) => patterns.some((each) => matchesPattern(each, type)));
  expectScopes(caller, types.map(scopeOfEvent));
}

function typesFor(caller: Caller, types: readonly string[] | null): readonly string[] | null {
  if (caller.scopes === null) return types;
  if (types !== null) {
    expectScopes(caller, (types as readonly EventType[]).map(scopeOfEvent));
    return types;
  }
  const readable = EVENT_TYPES.filter((type) => mayDo(caller, scopeOfEvent(type)));
  if (readable.length === 0) throw lacking(caller, ["instances:read"]);
  return readable;
}

function instancesFor(caller: Caller, ids: readonly string[] | null): readonly string[] | null {
  const { instances } = caller;
  if (instances === null) return ids;
  return ids === null ? [...instances] : ids.filter((id) => instances.has(id as never));
}
