import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words/words.ts";
import { CreateForm } from "./create-form.tsx";

interface CreateDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}

export function CreateDialog({ onClose, onCreated }: CreateDialogProps) {
  const words = useWords();
  return (
    <Dialog title={words.instances.create} onClose={onClose}>
      <CreateForm onCreated={onCreated} onCancel={onClose} />
    </Dialog>
  );
}
