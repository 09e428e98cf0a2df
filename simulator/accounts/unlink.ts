import { deviceRemoved } from "../login/goodbyes.ts";
import type { Accounts } from "./accounts.ts";
import type { Companion } from "./companion.ts";

export type Unlink = (companion: Companion) => void;

/** Forgets a device and what waits for it, and disconnects it as removed by the phone. */
export function makeUnlink(accounts: Accounts): Unlink {
  return (companion) => {
    const { phone, device } = companion.address;
    accounts.find(phone)?.removeCompanion(device);
    companion.connection?.bye(deviceRemoved());
  };
}
