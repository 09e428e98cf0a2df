import type { InstanceId } from "../domain/ids.ts";
import type { Scope } from "../domain/scope.ts";
import type { Reader } from "../store/database.ts";
import type { ApiKey } from "./api-key.ts";

/** A key as it is kept. */
export type KeyRow = Awaited<ReturnType<Reader["apiKey"]["findMany"]>>[number];

export function toKey(row: KeyRow): ApiKey {
  const { hash: _, oldHash: __, oldUntil: ___, mac: ____, ...shown } = row;
  const { scopes, instances, cidrs, ...rest } = shown;
  return {
    ...rest,
    scopes: JSON.parse(scopes) as Scope[],
    instances: instances === null ? null : (JSON.parse(instances) as InstanceId[]),
    cidrs: cidrs === null ? null : (JSON.parse(cidrs) as string[]),
  };
}
