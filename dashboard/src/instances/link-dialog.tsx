import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words/words.ts";
import { Linking } from "./linking.tsx";

interface LinkDialogProps {
  readonly instanceId: string;
  readonly onClose: () => void;
}

export function LinkDialog({ instanceId, onClose }: LinkDialogProps) {
  const words = useWords();
  return (
    <Dialog title={words.link.title(instanceId)} onClose={onClose}>
      <Linking instanceId={instanceId} onDone={onClose} />
    </Dialog>
  );
}
