import type { Account } from "../accounts/account.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { SimulatorError } from "../errors.ts";
import type { LinkBy } from "../pairing/pairing.ts";
import type { Call } from "./call.ts";
import { defined, optionalOneOf, optionalString, requiredString } from "./fields.ts";
import type { ControlledSimulator } from "./handlers.ts";

const ADDRESSINGS = ["pn", "lid"] as const;

/** Phones, and the devices that are linked to them. */
export function accountHandlers(
  simulator: Pick<ControlledSimulator, "account">,
  accounts: Accounts,
  existing: (call: Call) => Promise<Account>,
) {
  return {
    async createAccount({ body }: Call) {
      const name = optionalString(body, "name");
      const addressing = optionalOneOf(body, "addressing", ADDRESSINGS);
      const options = defined({ name, addressing });
      const account = await simulator.account(requiredString(body, "phone"), options);
      const { phone, jid, lid } = account;
      return { phone, jid, lid, name: account.name };
    },

    async accounts() {
      return Array.from(accounts.all(), (state) => {
        const { phone, name, companions } = state;
        const [jid, lid] = [state.jid("pn"), state.jid("lid")];
        return { phone, jid, lid, name, devices: companions.length };
      });
    },

    async rename(call: Call) {
      await (await existing(call)).rename(requiredString(call.body, "name"));
    },

    async deleteFiles(call: Call) {
      await (await existing(call)).deleteFiles();
    },

    async link(call: Call) {
      return (await existing(call)).link(readLink(call.body));
    },

    async devices(call: Call) {
      return (await existing(call)).devices();
    },

    async unlink(call: Call) {
      const { device } = call.params;
      if (device !== undefined && !/^\d{1,3}$/.test(device)) {
        throw new SimulatorError("BAD_REQUEST", "a device is a number");
      }
      const account = await existing(call);
      await account.unlink(device === undefined ? undefined : Number(device));
    },
  };
}

function readLink(body: Call["body"]): LinkBy {
  const code = optionalString(body, "code");
  return code === undefined ? { qr: requiredString(body, "qr") } : { code };
}
