import type { AuthFailure } from "@pothos/plugin-scope-auth";
import { AuthScopeFailureType } from "@pothos/plugin-scope-auth";
import type { Caller } from "../domain/caller.ts";
import { lacking, mayDo } from "../domain/caller.ts";
import type { GatewayError } from "../domain/errors.ts";
import type { Scope } from "../domain/scope.ts";

/** What a field may demand of a caller: one scope, or all of several. */
export interface Demands {
  may: Scope | readonly Scope[];
  /** Any caller whose key holds. */
  known: boolean;
}

export function demandsOf(caller: Caller) {
  return {
    known: true,
    may: (wanted: Demands["may"]) => scopesOf(wanted).every((scope) => mayDo(caller, scope)),
  };
}

/** An error of its own kind: whoever may not do a thing gets no result of it, not even a failed one. */
export function forbidden(caller: Caller, failure: AuthFailure): GatewayError {
  return lacking(caller, missingIn(caller, failure));
}

function missingIn(caller: Caller, failure: AuthFailure): readonly Scope[] {
  if (failure.kind === AuthScopeFailureType.AuthScope) {
    return scopesOf(failure.parameter as Demands["may"]).filter((scope) => !mayDo(caller, scope));
  }
  return "failures" in failure ? failure.failures.flatMap((each) => missingIn(caller, each)) : [];
}

function scopesOf(wanted: Demands["may"]): readonly Scope[] {
  return typeof wanted === "string" ? [wanted] : wanted;
}
