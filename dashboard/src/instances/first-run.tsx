import { useWords } from "../words/words.ts";
import { Icon } from "../ui/icon.tsx";
import { CreateForm } from "./create-form.tsx";
import { Linking } from "./linking.tsx";

interface FirstRunProps {
  /** The instance, once it is made. */
  readonly instanceId: string | undefined;
  readonly onCreated: (id: string) => void;
  readonly onDone: () => void;
}

/** Nothing is here yet: three steps lead to the first message. */
export function FirstRun({ instanceId, onCreated, onDone }: FirstRunProps) {
  const words = useWords().firstRun;
  const step = instanceId === undefined ? 0 : 1;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[20rem_1fr]">
      <ol className="flex flex-col gap-1">
        {words.steps.map(({ title, about }, at) => (
          <li
            key={title}
            aria-current={at === step ? "step" : undefined}
            className="flex gap-3.5 rounded-xl p-3.5 aria-[current]:bg-surface aria-[current]:shadow-sm"
          >
            <span
              className={`grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold ${at < step ? "bg-good-soft text-good" : at === step ? "bg-accent text-white" : "bg-raised text-muted"}`}
            >
              {at < step ? <Icon name="check" size={16} /> : at + 1}
            </span>
            <span>
              <span className="block font-medium">{title}</span>
              <span className="text-muted">{about}</span>
            </span>
          </li>
        ))}
      </ol>
      <section
        aria-label={words.label}
        className="rounded-2xl border border-line bg-surface p-6 sm:p-8"
      >
        {instanceId === undefined ? (
          <CreateForm onCreated={onCreated} />
        ) : (
          <Linking instanceId={instanceId} onDone={onDone} />
        )}
      </section>
    </div>
  );
}
