import { useInstances } from "../instances/use-instances.ts";
import { SettingsDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { go } from "../shell/route.ts";
import { Select } from "../ui/field.tsx";
import { Page } from "../ui/page.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { SettingsForm } from "./form.tsx";

/** What an account does by itself, and how it connects. */
export default function SettingsPage({ instanceId }: { readonly instanceId: string | undefined }) {
  const words = useWords();
  const { list, error, again } = useInstances();
  const chosen = instanceId ?? list?.[0]?.id;
  return (
    <Page
      title={words.settings.title}
      about={words.settings.about}
      actions={
        chosen !== undefined &&
        list && (
          <Select
            bare
            label={words.events.instance}
            value={chosen}
            onChange={({ target }) => go(`/settings/${encodeURIComponent(target.value)}`)}
            options={list.map(({ id, name }) => [id, name ?? id])}
          />
        )
      }
    >
      {error && !list && <Trouble error={error} again={again} />}
      {!list && !error && <SkeletonRows count={6} />}
      {list && chosen === undefined && (
        <Empty icon="settings" title={words.queue.noInstance}>
          {words.settings.noInstanceAbout}
        </Empty>
      )}
      {chosen !== undefined && <OfInstance key={chosen} id={chosen} />}
    </Page>
  );
}

function OfInstance({ id }: { readonly id: string }) {
  const words = useWords().settings;
  const { data, error, again } = useAsk(SettingsDocument, { id });
  // What was entered stays, whatever becomes of a later look.
  if (error && !data) return <Trouble error={error} again={again} />;
  if (!data) return <SkeletonRows count={6} />;
  if (!data.instance) return <Empty icon="settings" title={words.gone} />;
  return <SettingsForm id={id} read={data.instance.settings} />;
}
