import { Button } from "../ui/button.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { markRead } from "./sending.ts";

interface MarkReadButtonProps {
  readonly instanceId: string;
  readonly chatId: string;
}

/** Only when asked to: whoever only looks on must not turn the senders' ticks blue. */
export function MarkReadButton({ instanceId, chatId }: MarkReadButtonProps) {
  const words = useWords().chat;
  const { busy, run } = useDoing();
  return (
    <Button
      kind="quiet"
      icon="check"
      busy={busy}
      onClick={() => void run(() => markRead(instanceId, chatId))}
    >
      {words.markRead}
    </Button>
  );
}
