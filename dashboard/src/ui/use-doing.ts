import { useState } from "react";
import { toast } from "./toast.tsx";

export interface Doing {
  readonly busy: boolean;
  /** Runs it once at a time; what goes wrong is told. @returns whether it went well */
  readonly run: (work: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

/** Something that a button does and that takes a moment. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  return {
    busy,
    async run(work, done) {
      setBusy(true);
      try {
        await work();
        if (done !== undefined) toast("good", done);
        return true;
      } catch (error) {
        toast("bad", error instanceof Error ? error.message : String(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
