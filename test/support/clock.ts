import { vi } from "vitest";

/** A machine's clock that can be set. Timers and the steady clock do not notice, as on a real machine. */
export interface SettableClock {
  /** Sets it so many milliseconds ahead of the right time, or behind; it goes on from there. */
  setTo(offsetMs: number): void;
}

/** To be called before anything of the gateway has looked at the clock; `vi.unstubAllGlobals()` takes it back. */
export function useSettableClock(): SettableClock {
  const RightDate = Date;
  let offset = 0;
  class SetDate extends RightDate {
    constructor(...given: readonly [] | readonly [string | number | Date]) {
      super(given.length === 0 ? SetDate.now() : given[0]);
    }

    static override now(): number {
      return RightDate.now() + offset;
    }
  }
  vi.stubGlobal("Date", SetDate);
  return { setTo: (offsetMs) => void (offset = offsetMs) };
}
