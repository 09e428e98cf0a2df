import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";
import type { Settings } from "./draft.ts";

interface ProxyFieldProps {
  readonly saved: Settings["proxy"];
  /** What was entered: undefined for nothing, null where it is to be removed. */
  readonly draft: string | null | undefined;
  readonly disabled: boolean;
  readonly onChange: (proxy: string | null | undefined) => void;
}

/** The proxy of the account. Its credentials are never shown again: a new address is entered whole. */
export function ProxyField({ saved, draft, disabled, onChange }: ProxyFieldProps) {
  const words = useWords().settings;
  return (
    <>
      {saved && draft !== null && (
        <div className="mb-3 flex items-center justify-between gap-3 rounded-lg bg-raised px-3 py-2">
          <p className="min-w-0 truncate font-mono text-xs">
            {saved.protocol.toLowerCase()}://{saved.hasCredentials && "•••@"}
            {saved.host}:{saved.port}
          </p>
          <Button kind="quiet" disabled={disabled} onClick={() => onChange(null)}>
            {words.removeProxy}
          </Button>
        </div>
      )}
      <Field
        label={words.names.proxy}
        hint={draft === null ? words.proxyGoes : words.hints.proxy}
        placeholder="socks5://user:password@host:1080"
        autoComplete="off"
        spellCheck={false}
        value={draft ?? ""}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
      />
    </>
  );
}
