import type { Caller } from "../../domain/caller.ts";
import type { People } from "../../directory/people.ts";
import { guardFor } from "./guard.ts";

/** The people that the accounts which a caller may know of deal with. */
export function peopleOf(all: People, caller: Caller): People {
  if (caller.instances === null) return all;
  const guarded = guardFor(caller);
  return {
    check: guarded(all.check),
    setAvailability: guarded(all.setAvailability),
    showTyping: guarded(all.showTyping),
    watchPresence: guarded(all.watchPresence),
    mark: guarded(all.mark),
    rejectCall: guarded(all.rejectCall),
    picture: guarded(all.picture),
    about: guarded(all.about),
    setAbout: guarded(all.setAbout),
    setName: guarded(all.setName),
    setPicture: guarded(all.setPicture),
    blocked: guarded(all.blocked),
    block: guarded(all.block),
    businessProfile: guarded(all.businessProfile),
    setBusinessProfile: guarded(all.setBusinessProfile),
    catalog: guarded(all.catalog),
    privacy: guarded(all.privacy),
    changePrivacy: guarded(all.changePrivacy),
  };
}
