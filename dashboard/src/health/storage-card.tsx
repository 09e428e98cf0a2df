import type { ReactNode } from "react";
import type { VitalsQuery } from "../api/generated/operations.ts";
import { bytes } from "../ui/formats.ts";
import { Card } from "../ui/page.tsx";
import { Ago } from "../ui/time.tsx";
import { useLanguage, useWords } from "../words/words.ts";

interface StorageCardProps {
  readonly storage: VitalsQuery["health"]["storage"];
  readonly startedAt: string;
}

/** What the data takes and what is left for it, and since when the gateway runs. */
export function StorageCard({ storage, startedAt }: StorageCardProps) {
  const words = useWords().health;
  const language = useLanguage();
  return (
    <Card label={words.storage}>
      <div className="p-5">
        <h3 className="font-medium text-muted">{words.storage}</h3>
        <dl className="mt-1 grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
          <Line name={words.database}>{bytes(storage.database, language)}</Line>
          <Line name={words.attachments}>{bytes(storage.attachments, language)}</Line>
          <Line name={words.free}>{bytes(storage.free, language)}</Line>
          <Line name={words.started}>
            <Ago at={startedAt} />
          </Line>
        </dl>
      </div>
    </Card>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="text-right text-base font-semibold tabular-nums">{children}</dd>
    </>
  );
}
