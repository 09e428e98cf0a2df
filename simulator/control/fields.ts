import { SimulatorError } from "../errors.ts";

type Fields = Readonly<Record<string, unknown>>;

export function optionalString(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === "string") return value;
  throw new SimulatorError("BAD_REQUEST", `"${name}" must be a string`);
}

export function requiredString(fields: Fields, name: string): string {
  const value = optionalString(fields, name);
  if (value === undefined || value === "") {
    throw new SimulatorError("BAD_REQUEST", `"${name}" is missing`);
  }
  return value;
}

/** A whole number from 0 on: milliseconds, counts and codes are never negative. */
export function optionalNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new SimulatorError("BAD_REQUEST", `"${name}" must be a whole number from 0 on`);
}

export function requiredDegrees(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value === "number" && Math.abs(value) <= 180) return value;
  throw new SimulatorError("BAD_REQUEST", `"${name}" must be a number of degrees`);
}

export function optionalBoolean(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === "boolean") return value;
  throw new SimulatorError("BAD_REQUEST", `"${name}" must be true or false`);
}

export function optionalStrings(fields: Fields, name: string): readonly string[] | undefined {
  return fields[name] === undefined ? undefined : requiredStrings(fields, name);
}

export function requiredStrings(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new SimulatorError("BAD_REQUEST", `"${name}" must be an array of strings`);
}

export function optionalObject(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new SimulatorError("BAD_REQUEST", `"${name}" must be an object`);
}

export function oneOf<Value extends string>(
  fields: Fields,
  name: string,
  values: readonly Value[],
): Value {
  const value = requiredString(fields, name);
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  throw new SimulatorError("BAD_REQUEST", `"${name}" must be one of ${values.join(", ")}`);
}

export function optionalOneOf<Value extends string>(
  fields: Fields,
  name: string,
  values: readonly Value[],
): Value | undefined {
  return fields[name] === undefined ? undefined : oneOf(fields, name, values);
}

/** The fields that have a value: optional properties are absent, never undefined. */
export function defined<T extends object>(
  fields: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
