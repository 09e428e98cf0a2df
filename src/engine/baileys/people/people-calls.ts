import type { PeopleCalls } from "../../people-calls.ts";
import type { WASocket } from "../library.ts";
import { asker } from "./ask.ts";
import { checkPhones } from "./contact-check.ts";
import type { During } from "./during.ts";
import { presenceCalls } from "./presence-calls.ts";
import { readMarkCalls } from "./read-marks.ts";

/** The people that one connection deals with. */
export function createPeopleCalls(during: During): PeopleCalls {
  return {
    ...presenceCalls(during),
    ...readMarkCalls(during),
    check: (phones) =>
      during(async (socket) => {
        const found = await checkPhones(phones, askerOf(socket), socket.generateMessageTag());
        // So that a send to one of them need not ask again.
        const pairs = [...found.values()].flatMap(({ pn, lid }) => (pn && lid ? { pn, lid } : []));
        if (pairs.length > 0) await socket.signalRepository.lidMapping.storeLIDPNMappings(pairs);
        return found;
      }),
  };
}

const askerOf = (socket: WASocket) => asker((node) => socket.query(node));
