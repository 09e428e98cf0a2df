import type { Business } from "../profiles/business.ts";
import { SimulatorError } from "../errors.ts";
import { optionalObject } from "./fields.ts";

/** Reads `business` as the TypeScript API has it; what it lacks is empty. */
export function readBusiness(
  body: Readonly<Record<string, unknown>>,
): Partial<Business> | undefined {
  const given = optionalObject(body, "business");
  if (given === undefined) return undefined;
  for (const name of ["products", "websites"]) {
    if (given[name] !== undefined && !Array.isArray(given[name])) {
      throw new SimulatorError("BAD_REQUEST", `"${name}" must be a list`);
    }
  }
  return given;
}
