import { useConnection } from "../api/connection.ts";
import { Icon } from "../ui/icon.tsx";
import { useWords } from "../words/words.ts";

/** Says when the live connection is gone, and when it is back where it was. Its place does not move the page. */
export function ConnectionBanner() {
  const words = useWords();
  const connection = useConnection();
  const isLost = connection.kind === "lost";
  const isBack = connection.kind === "resumed";
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-0 z-40 flex justify-center"
    >
      {(isLost || isBack) && (
        <p
          className={`m-3 flex items-center gap-2.5 rounded-full border px-4 py-2 font-medium shadow-pop ${isLost ? "border-warn bg-warn-soft text-warn" : "border-good bg-good-soft text-good"}`}
        >
          <Icon name={isLost ? "warn" : "check"} />
          {isLost ? words.connection.lost : words.connection.resumed}
        </p>
      )}
    </div>
  );
}
