import type { SubmitEvent } from "react";
import { useState } from "react";
import { signIn } from "../api/session.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";

/** Asks for a key, once: the browser keeps a cookie that no script can read, and the key is forgotten. */
export function SignIn({ wasIn }: { readonly wasIn: boolean }) {
  const words = useWords();
  const [key, setKey] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      setError(await signIn(key.trim()));
    } catch {
      setError(words.unreachable);
    }
    setBusy(false);
  }

  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <form
        onSubmit={(event) => void submit(event)}
        className="w-full max-w-sm rounded-2xl border border-line bg-surface p-8"
      >
        <h1 className="text-xl font-semibold tracking-tight">{words.signIn.title}</h1>
        <p className="mt-1 mb-6 text-muted" role={wasIn ? "alert" : undefined}>
          {wasIn ? words.signIn.ended : words.signIn.about}
        </p>
        <Field
          label={words.signIn.key}
          type="password"
          autoComplete="current-password"
          autoFocus
          required
          spellCheck={false}
          value={key}
          error={error}
          hint={words.signIn.hint}
          onChange={({ target }) => setKey(target.value)}
        />
        <Button kind="primary" type="submit" busy={busy} wide>
          {words.signIn.submit}
        </Button>
      </form>
    </main>
  );
}
