import type { InstanceCardFragment } from "../api/generated/operations.ts";
import { Ago } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";

/** Whether what is sent arrives: WhatsApp's server has the last word. */
export function Deliverability({
  state: { state, lastAckAt, waitingSince },
}: {
  readonly state: InstanceCardFragment["deliverability"];
}) {
  const words = useWords().deliverability;
  switch (state) {
    case "WORKING":
      return (
        <span className="font-medium text-good">
          {words.working}
          {lastAckAt !== null && (
            <span className="font-normal text-muted">
              {" · "}
              <Ago at={lastAckAt} />
            </span>
          )}
        </span>
      );
    case "STALLED":
      return (
        <span className="font-medium text-bad">
          {words.stalled}
          {waitingSince !== null && (
            <span className="font-normal">
              {" · "}
              <Ago at={waitingSince} />
            </span>
          )}
        </span>
      );
    case "UNKNOWN":
      return <span className="text-muted">{words.unknown}</span>;
  }
}
