import { useState } from "react";
import { go } from "../shell/route.ts";
import { Button } from "../ui/button.tsx";
import { Actions, Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";
import { addPhone } from "./simulator.ts";

interface AddPhoneProps {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

/** One more account of the simulated WhatsApp. */
export function AddPhone({ onClose, onAdded }: AddPhoneProps) {
  const words = useWords();
  const [phone, setPhone] = useState("");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function add(): Promise<void> {
    setBusy(true);
    try {
      const added = await addPhone(phone.replaceAll(/\D/g, ""), name);
      go(`/phones/${added.phone}`);
      onAdded();
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : String(problem));
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.phones.add} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field
          label={words.phones.name}
          required
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Field
          label={words.link.phone}
          hint={words.link.phoneHint}
          type="tel"
          required
          value={phone}
          error={error}
          onChange={({ target }) => setPhone(target.value)}
        />
        <Actions>
          <Button kind="primary" type="submit" busy={busy}>
            {words.phones.add}
          </Button>
        </Actions>
      </form>
    </Dialog>
  );
}
