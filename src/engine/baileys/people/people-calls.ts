import type { PeopleCalls } from "../../people-calls.ts";
import { askerOf } from "./ask.ts";
import type { News } from "../../engine.ts";
import { blockCalls } from "./block-calls.ts";
import { businessCalls } from "./business-calls.ts";
import { callCalls } from "./call-calls.ts";
import { checkPhones } from "./contact-check.ts";
import type { During } from "./during.ts";
import { presenceCalls } from "./presence-calls.ts";
import { privacyCalls } from "./privacy-calls.ts";
import { profileCalls } from "./profile-calls.ts";
import { readMarkCalls } from "./read-marks.ts";
import type { Ringing } from "./ringing.ts";

/**
 * The people that one connection deals with.
 * @param queryMs how long an answer of WhatsApp may take
 */
export function createPeopleCalls(
  during: During,
  queryMs: number,
  ringing: Ringing,
  report: (news: News) => Promise<void> | void,
): PeopleCalls {
  return {
    ...presenceCalls(during),
    ...readMarkCalls(during),
    ...profileCalls(during, queryMs),
    ...businessCalls(during),
    ...callCalls(during, ringing, report),
    ...blockCalls(during),
    ...privacyCalls(during),
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
