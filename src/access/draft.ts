import { BlockList, isIP } from "node:net";
import type { Caller } from "../domain/caller.ts";
import { mayDo, mayReach } from "../domain/caller.ts";
import { GatewayError } from "../domain/errors.ts";
import { isInstanceId } from "../domain/ids.ts";
import type { InstanceId } from "../domain/ids.ts";
import { isScope, SCOPES } from "../domain/scope.ts";
import type { Scope } from "../domain/scope.ts";
import { storableText } from "../domain/text.ts";
import type { ApiKey, ApiKeyInput } from "./api-key.ts";

/** What is left of an input when it was found good. */
export type KeyDraft = Pick<
  ApiKey,
  "name" | "scopes" | "instances" | "cidrs" | "ratePerMinute" | "expiresAt"
>;

/** Characters of a name that people can still read in a list. */
const NAME_LIMIT = 100;

/** More would not be read by anyone, and each is compared at every call. */
const LIST_LIMIT = 1_000;

const RATE_LIMIT = 1_000_000;

/**
 * Nobody gives what they do not have: a key may only hold scopes and instances of the one that makes it.
 * @throws GatewayError BAD_INPUT, FORBIDDEN
 */
export function checkKey(input: ApiKeyInput, by: Caller, now: Date): KeyDraft {
  const name = storableText(input.name).trim();
  if (name === "" || name.length > NAME_LIMIT) {
    throw bad(`A key needs a name of up to ${NAME_LIMIT} characters.`);
  }
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

  const cidrs = input.cidrs ?? null;
  if (cidrs?.length === 0) throw bad("cidrs must name a network, or be left out for all.");
  for (const cidr of cidrs ?? []) addNetwork(new BlockList(), cidr);
  if (Math.max(instances?.length ?? 0, cidrs?.length ?? 0) > LIST_LIMIT) {
    throw bad(`A key names at most ${LIST_LIMIT} instances and networks.`);
  }

  const ratePerMinute = input.ratePerMinute ?? null;
  if (ratePerMinute !== null && !(ratePerMinute >= 1 && ratePerMinute <= RATE_LIMIT)) {
    throw bad(`ratePerMinute goes from 1 to ${RATE_LIMIT}.`);
  }
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && expiresAt <= now) throw bad("expiresAt is in the past.");
  return { name, scopes, instances, cidrs, ratePerMinute, expiresAt };
}

/** Who may use a key, by address. */
export function networksOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) addNetwork(list, cidr);
  return list;
}

/** @throws GatewayError BAD_INPUT */
function addNetwork(list: BlockList, cidr: string): void {
  const [address = "", bits, ...rest] = cidr.split("/");
  const family = isIP(address);
  const width = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (family === 0 || rest.length > 0 || prefix < 0 || prefix > width) {
    throw bad(`"${cidr}" is no address or network such as 10.0.0.0/8.`);
  }
  list.addSubnet(address, prefix, family === 6 ? "ipv6" : "ipv4");
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
