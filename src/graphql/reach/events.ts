import type { Caller } from "../../domain/caller.ts";
import { expectScope, mayDo } from "../../domain/caller.ts";
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
  if (caller.scopes === null) return;
  for (const type of EVENT_TYPES) {
    if (patterns.some((pattern) => matchesPattern(pattern, type)))
      expectScope(caller, scopeOfEvent(type));
  }
}

function typesFor(caller: Caller, types: readonly string[] | null): readonly string[] | null {
  if (caller.scopes === null) return types;
  if (types !== null) {
    for (const type of types) expectScope(caller, scopeOfEvent(type as EventType));
    return types;
  }
  const readable = EVENT_TYPES.filter((type) => mayDo(caller, scopeOfEvent(type)));
  if (readable.length === 0) expectScope(caller, "instances:read");
  return readable;
}

function instancesFor(caller: Caller, ids: readonly string[] | null): readonly string[] | null {
  const { instances } = caller;
  if (instances === null) return ids;
  return ids === null ? [...instances] : ids.filter((id) => instances.has(id as never));
}
