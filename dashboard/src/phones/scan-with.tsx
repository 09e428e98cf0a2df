import { useState } from "react";
import { usePolled } from "../api/use-polled.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { LOOK_EVERY_MS, phones, scan } from "./simulator.ts";

interface ScanWithProps {
  readonly qr: string | undefined;
  readonly code: string | undefined;
}

/** In the demo no phone is needed: one of the simulated ones scans the code that is shown, or types it. */
export function ScanWith({ qr, code }: ScanWithProps) {
  const words = useWords().phones;
  const { data } = usePolled("phones", LOOK_EVERY_MS, phones);
  const [chosen, setChosen] = useState<string>();
  const { busy, run } = useDoing();
  const phone = chosen ?? data?.find(({ devices }) => devices === 0)?.phone ?? data?.[0]?.phone;
  const by = code === undefined ? qr !== undefined && { qr } : { code };
  if (!data || phone === undefined) return undefined;
  return (
    <div className="mb-5 flex flex-wrap items-center gap-2 rounded-xl bg-accent-soft p-3">
      <p className="w-full text-accent-ink">{words.noPhoneNeeded}</p>
      <div className="min-w-0 grow">
        <Select
          bare
          label={words.phone}
          value={phone}
          onChange={({ target }) => setChosen(target.value)}
          options={data.map((each) => [each.phone, `${each.name} · +${each.phone}`])}
        />
      </div>
      <Button
        kind="primary"
        icon="phone"
        busy={busy}
        disabled={by === false}
        onClick={() => void run(async () => by && scan(phone, by))}
      >
        {words.scan}
      </Button>
    </div>
  );
}
