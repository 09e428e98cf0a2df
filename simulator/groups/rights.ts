import { SimulatorError } from "../errors.ts";
import type { GroupChange } from "./group.ts";
import type { GroupState } from "./groups.ts";

type Field = Exclude<keyof GroupChange, "by">;

/** What every member may do, unless the group is locked. */
const OPEN_UNLESS_LOCKED: ReadonlySet<string> = new Set<Field>([
  "subject",
  "description",
  "disappearingSeconds",
]);

/**
 * WhatsApp's own rules of who may do what in a group.
 * @throws {SimulatorError} BAD_REQUEST for who is not in it, NOT_ALLOWED for who would have to be an admin
 */
export function expectRight(group: GroupState, { by: phone, ...change }: GroupChange): void {
  expectMember(group, phone);
  if (group.admins.includes(phone)) return;
  for (const [field, value] of Object.entries(change)) {
    if (OPEN_UNLESS_LOCKED.has(field) && !group.locked) continue;
    if (field === "add" && group.membersMayAdd) continue;
    // Who removes nobody but themselves leaves.
    if (field === "remove" && Array.isArray(value) && value.every((each) => each === phone)) {
      continue;
    }
    expectAdmin(group, phone);
  }
}

/** @throws {SimulatorError} NOT_ALLOWED */
export function expectAdmin(group: GroupState, phone: string): void {
  if (group.admins.includes(phone)) return;
  throw new SimulatorError("NOT_ALLOWED", `${phone} is no admin of the group ${group.jid}`);
}

/** @throws {SimulatorError} BAD_REQUEST */
export function expectMember(group: GroupState, phone: string): void {
  if (group.participants.includes(phone)) return;
  throw new SimulatorError("BAD_REQUEST", `${phone} is not in the group ${group.jid}`);
}
