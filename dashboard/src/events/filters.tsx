import type { EventFilter } from "../api/generated/operations.ts";
import { Select } from "../ui/field.tsx";
import { useWords } from "../words/words.ts";

/** Families first; what people look for by itself after them. */
const PATTERNS = [
  "message.*",
  "connection.*",
  "group.*",
  "instance.*",
  "message.received",
  "message.sent",
  "message.status",
  "message.failed",
  "message.starred",
  "message.reaction",
  "poll.vote",
  "chat.update",
  "contact.update",
  "label.update",
  "channel.update",
  "label.assignment",
  "connection.open",
  "connection.close",
  "qr.update",
  "call",
  "webhook.disabled",
];

interface FiltersProps {
  readonly filter: EventFilter;
  readonly instanceIds: readonly string[];
  readonly onChange: (filter: EventFilter) => void;
}

export function Filters({ filter, instanceIds, onChange }: FiltersProps) {
  const words = useWords().events;
  const { types, instanceIds: chosen, ...rest } = filter;
  return (
    <>
      <div className="min-w-36 grow sm:max-w-44">
        <Select
          bare
          label={words.type}
          value={types?.[0] ?? ""}
          onChange={({ target: { value } }) =>
            onChange({
              ...rest,
              ...(chosen && { instanceIds: chosen }),
              ...(value && { types: [value] }),
            })
          }
          options={[["", words.allTypes], ...PATTERNS.map((type) => [type, type] as const)]}
        />
      </div>
      <div className="min-w-36 grow sm:max-w-44">
        <Select
          bare
          label={words.instance}
          value={chosen?.[0] ?? ""}
          onChange={({ target: { value } }) =>
            onChange({ ...rest, ...(types && { types }), ...(value && { instanceIds: [value] }) })
          }
          options={[["", words.allInstances], ...instanceIds.map((id) => [id, id] as const)]}
        />
      </div>
    </>
  );
}
