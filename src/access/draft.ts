import type { Bounds, Caller } from "../domain/caller.ts";
import { mayDo, mayReach } from "../domain/caller.ts";
import { GatewayError } from "../domain/errors.ts";
import { isInstanceId } from "../domain/ids.ts";
import type { InstanceId } from "../domain/ids.ts";
import { isScope, SCOPES } from "../domain/scope.ts";
import type { Scope } from "../domain/scope.ts";
import { storableText } from "../domain/text.ts";
import type { ApiKey, ApiKeyInput } from "./api-key.ts";
import { isWithin, networksOf } from "./networks.ts";

/** What is left of an input when it was found good. */
export type KeyDraft = Pick<
  ApiKey,
  "name" | "scopes" | "instances" | "cidrs" | "ratePerMinute" | "expiresAt"
>;

/** Characters of a name that people can still read in a list. */
const NAME_LIMIT = 100;

/** More would not be read by anyone, and each is compared at every call. */
const LIST_LIMIT = 1_000;

/** Callers without a key of their own, as the audit trail names them. */
const TAKEN: ReadonlySet<string> = new Set(["api_key", "local", "unknown"]);

const RATE_LIMIT = 1_000_000;

/**
 * Nobody gives what they do not have: a key may only hold scopes and instances of the one that makes it, and
 * is bound to its networks, its rate and its end.
 * @throws GatewayError BAD_INPUT, FORBIDDEN
 */
export function checkKey(input: ApiKeyInput, by: Caller, now: Date): KeyDraft {
  const name = storableText(input.name).trim();
  if (name === "" || name.length > NAME_LIMIT) {
    throw bad(`A key needs a name of up to ${NAME_LIMIT} characters.`);
  }
  if (TAKEN.has(name.toLowerCase())) throw bad(`"${name}" is what somebody else is called.`);
  const scopes = [...new Set(input.scopes.map(checkedScope))];
  if (scopes.length === 0) throw bad(`A key needs a scope: ${SCOPES.join(", ")}.`);
  const missing = scopes.find((scope) => !mayDo(by, scope));
  if (missing !== undefined) throw notOurs(`the scope ${missing}`, by);

  const instances = input.instanceIds?.map(checkedInstance) ?? null;
  if (instances === null && by.instances !== null) throw notOurs("all instances", by);
  const foreign = instances?.find((id) => !mayReach(by, id));
  if (foreign !== undefined) throw notOurs(`the instance "${foreign}"`, by);
  if (instances?.length === 0)
    throw bad("instanceIds must name an instance, or be left out for all.");

  const bounds = checkBounds(input, by, now);
  if (Math.max(instances?.length ?? 0, bounds.cidrs?.length ?? 0) > LIST_LIMIT) {
    throw bad(`A key names at most ${LIST_LIMIT} instances and networks.`);
  }
  return { name, scopes, instances, ...bounds };
}

/** Where, how often and until when: what is left out is as for the key that makes it. */
function checkBounds(input: ApiKeyInput, by: Caller, now: Date): Bounds {
  const cidrs = input.cidrs ?? by.bounds.cidrs;
  if (cidrs?.length === 0) throw bad("cidrs must name a network, or be left out.");
  networksOf(cidrs ?? []);
  const ratePerMinute = input.ratePerMinute ?? by.bounds.ratePerMinute;
  if (ratePerMinute !== null && !(ratePerMinute >= 1 && ratePerMinute <= RATE_LIMIT)) {
    throw bad(`ratePerMinute goes from 1 to ${RATE_LIMIT}.`);
  }
  const expiresAt = input.expiresAt ?? by.bounds.expiresAt;
  if (expiresAt !== null && expiresAt <= now) throw bad("expiresAt is in the past.");
  expectBounds({ cidrs, ratePerMinute, expiresAt }, by);
  return { cidrs, ratePerMinute, expiresAt };
}

/**
 * A key that is bound gives out none that is bound less.
 * @throws GatewayError FORBIDDEN
 */
export function expectBounds({ cidrs, ratePerMinute, expiresAt }: Bounds, by: Caller): void {
  const { bounds } = by;
  const networks = bounds.cidrs;
  if (networks !== null && !cidrs?.every((cidr) => isWithin(cidr, networks))) {
    throw notOurs(`networks beside ${networks.join(", ")}`, by);
  }
  const most = bounds.ratePerMinute ?? Number.POSITIVE_INFINITY;
  if (bounds.ratePerMinute !== null && (ratePerMinute ?? Number.POSITIVE_INFINITY) > most) {
    throw notOurs(`more than ${most} operations per minute`, by);
  }
  if (bounds.expiresAt !== null && (expiresAt === null || expiresAt > bounds.expiresAt)) {
    throw notOurs("time after its own end", by);
  }
}

function checkedScope(text: string): Scope {
  if (isScope(text)) return text;
  throw bad(`There is no scope "${text}". There are: ${SCOPES.join(", ")}.`);
}

function checkedInstance(text: string): InstanceId {
  if (isInstanceId(text)) return text;
  throw bad(`"${text}" cannot be the id of an instance.`);
}

function bad(message: string): GatewayError {
  return new GatewayError("BAD_INPUT", message);
}

function notOurs(what: string, { name }: Caller): GatewayError {
  return new GatewayError(
    "FORBIDDEN",
    `The key "${name}" cannot give away what it does not have: ${what}.`,
  );
}
