import type { PeopleCalls } from "../../people-calls.ts";
import type { WASocket } from "../library.ts";
import { asker } from "./ask.ts";
import { checkPhones } from "./contact-check.ts";

/** Waits for work on the socket, no longer than for an answer of WhatsApp. */
export type During = <T>(work: (socket: WASocket) => Promise<T>) => Promise<T>;

/** The people that one connection deals with. */
export function createPeopleCalls(during: During): PeopleCalls {
  return {
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
