import { useState } from "react";
import { Copy } from "../ui/copy.tsx";
import { useWords } from "../words/words.ts";
import { SNIPPETS } from "./snippets.ts";

/** What a receiver needs to tell our deliveries from forged ones, ready to be copied. */
export function VerifyCode() {
  const words = useWords().webhooks;
  const [chosen, setChosen] = useState(SNIPPETS[0]);
  return (
    <section aria-label={words.verify}>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <div role="group" aria-label={words.codeLanguage} className="flex flex-wrap gap-1">
          {SNIPPETS.map((snippet) => (
            <button
              key={snippet.name}
              type="button"
              aria-pressed={snippet === chosen}
              onClick={() => setChosen(snippet)}
              className="h-8 rounded-lg px-3 font-medium text-muted hover:bg-raised aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            >
              {snippet.name}
            </button>
          ))}
        </div>
        <Copy text={chosen.code} />
      </div>
      <pre
        tabIndex={0}
        aria-label={words.verify}
        className="overflow-x-auto rounded-xl bg-raised p-4 font-mono text-xs leading-5"
      >
        {chosen.code}
      </pre>
    </section>
  );
}
