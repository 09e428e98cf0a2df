import type { Accounts } from "../accounts/accounts.ts";
import type { GroupChanges } from "../groups/changes.ts";
import type { Groups } from "../groups/groups.ts";

/** What a device's questions and commands about groups reach. */
export interface GroupRooms {
  readonly groups: Groups;
  readonly changes: GroupChanges;
  readonly accounts: Accounts;
}
