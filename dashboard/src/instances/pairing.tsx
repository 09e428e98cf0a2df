import { useState } from "react";
import { RequestPairingCodeDocument } from "../api/generated/operations.ts";
import { CallFailed, change } from "../api/client.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { useSecondsUntil } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";

interface PairingProps {
  readonly instanceId: string;
  readonly shown: { readonly code: string; readonly expiresAt: string } | undefined;
}

/** Links by eight characters that are typed on the phone: for those who cannot point it at this screen. */
export function Pairing({ instanceId, shown }: PairingProps) {
  const words = useWords();
  const [phone, setPhone] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const seconds = useSecondsUntil(shown?.expiresAt);

  async function request(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await change(RequestPairingCodeDocument, { id: instanceId, phone });
    } catch (problem) {
      setError(problem instanceof CallFailed ? problem.message : words.unreachable);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void request();
      }}
    >
      <Field
        label={words.link.phone}
        hint={words.link.phoneHint}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        required
        value={phone}
        error={error}
        onChange={({ target }) => setPhone(target.value)}
      />
      <Button kind="primary" type="submit" busy={busy}>
        {words.link.getCode}
      </Button>
      <div role="status" className="mt-5 min-h-24">
        {shown && (
          <div className="rounded-xl bg-raised px-5 py-4 text-center">
            <p className="font-mono text-3xl font-semibold tracking-[0.2em]">
              {shown.code.slice(0, 4)}-{shown.code.slice(4)}
            </p>
            <p className="mt-1 text-xs text-muted tabular-nums" aria-live="off">
              {words.link.codeGoodFor(seconds)}
            </p>
          </div>
        )}
      </div>
      <p className="text-muted">{words.link.codeSteps}</p>
    </form>
  );
}
