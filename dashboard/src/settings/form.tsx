import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { UpdateSettingsDocument } from "../api/generated/operations.ts";
import { CallFailed, change } from "../api/client.ts";
import { useMay } from "../api/session.ts";
import { Field } from "../ui/field.tsx";
import { Card } from "../ui/page.tsx";
import { Switch } from "../ui/switch.tsx";
import { toast } from "../ui/toast.tsx";
import { useWords } from "../words/words.ts";
import type { Draft, Settings, Switch as SwitchName, Text } from "./draft.ts";
import { changed } from "./draft.ts";
import { ProxyField } from "./proxy-field.tsx";
import { SaveBar } from "./save-bar.tsx";

interface SettingsFormProps {
  readonly id: string;
  /** As they were when they were read last. */
  readonly read: Settings;
}

/** Every setting of one account. Nothing is changed before it is saved, and then only what was changed here. */
export function SettingsForm({ id, read }: SettingsFormProps) {
  const words = useWords();
  const { settings: text } = words;
  const mayWrite = useMay("instances:write");
  const [saved, setSaved] = useState(read);
  useEffect(() => setSaved(read), [read]);
  const [draft, setDraft] = useState<Draft>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const shown: Settings = { ...saved, ...(draft as Partial<Settings>), proxy: saved.proxy };

  async function save(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const { settings } = await change(UpdateSettingsDocument, { id, input: draft });
      setSaved(settings);
      setDraft({});
      toast("good", text.saved);
    } catch (problem) {
      setError(problem instanceof CallFailed ? problem.message : words.unreachable);
    } finally {
      setBusy(false);
    }
  }

  const toggle = (name: SwitchName) => (
    <Switch
      key={name}
      label={text.names[name]}
      hint={text.hints[name]}
      checked={shown[name]}
      disabled={!mayWrite}
      onChange={(on) => setDraft(changed(draft, saved, name, on))}
    />
  );
  const line = (name: Text, placeholder?: string) => (
    <Field
      label={text.names[name]}
      hint={text.hints[name]}
      placeholder={placeholder}
      value={shown[name] ?? ""}
      disabled={!mayWrite}
      onChange={({ target }) =>
        setDraft(changed(draft, saved, name, target.value === "" ? null : target.value))
      }
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <Section title={text.incoming}>
            {(
              [
                "ignoreGroups",
                "ignoreStatus",
                "ignoreChannels",
                "storeMedia",
                "readMessages",
              ] as const
            ).map(toggle)}
          </Section>
          <Section title={text.presence}>
            {toggle("alwaysOnline")}
            {toggle("rejectCalls")}
            {shown.rejectCalls && line("rejectCallsText")}
          </Section>
        </div>
        <div className="grid gap-4">
          <Section title={text.linking} about={text.linkingAbout}>
            {toggle("fullHistory")}
            {line("browserName", "wagraph")}
          </Section>
          <Section title={text.connection} about={text.connectionAbout}>
            <ProxyField
              saved={saved.proxy}
              draft={draft.proxy}
              disabled={!mayWrite}
              onChange={(proxy) => {
                const { proxy: _, ...rest } = draft;
                setDraft(proxy === undefined ? rest : { ...rest, proxy });
              }}
            />
            {line("whatsappVersion", "2.3000.1023")}
          </Section>
        </div>
      </div>
      {Object.keys(draft).length > 0 && (
        <SaveBar
          busy={busy}
          error={error}
          onDiscard={() => {
            setDraft({});
            setError(undefined);
          }}
        />
      )}
    </form>
  );
}

interface SectionProps {
  readonly title: string;
  readonly about?: string;
  readonly children: ReactNode;
}

function Section({ title, about, children }: SectionProps) {
  return (
    <Card label={title}>
      <div className="px-5 pt-4 pb-3">
        <h2 className="text-base font-semibold">{title}</h2>
        {about !== undefined && <p className="mt-0.5 text-muted">{about}</p>}
        <div className="mt-3">{children}</div>
      </div>
    </Card>
  );
}
