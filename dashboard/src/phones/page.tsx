import { useState } from "react";
import { usePolled } from "../api/use-polled.ts";
import { Link } from "../shell/link.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card, Page } from "../ui/page.tsx";
import { SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { AddPhone } from "./add-phone.tsx";
import { Handset } from "./handset.tsx";
import { LOOK_EVERY_MS, phones } from "./simulator.ts";

/** The phones of the demo's WhatsApp: one is taken in the hand, read and written on. */
export default function PhonesPage({ phone }: { readonly phone: string | undefined }) {
  const words = useWords().phones;
  const { data, error, again } = usePolled("phones", LOOK_EVERY_MS, phones);
  const [adding, setAdding] = useState(false);
  // Whoever is linked writes from the gateway; one looks first at somebody who writes to it.
  const shown =
    data?.find((each) => each.phone === phone) ??
    data?.find(({ devices }) => devices === 0) ??
    data?.[0];
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
    >
      {error && !data && <Trouble error={error} again={again} />}
      {!data && !error && <SkeletonRows />}
      {data && (
        <div className="grid items-start gap-4 lg:grid-cols-[20rem_1fr]">
          <Card label={words.title}>
            <ul className="p-2">
              {data.map((each) => (
                <li key={each.phone}>
                  <Link
                    to={`/phones/${each.phone}`}
                    aria-current={each === shown ? "page" : undefined}
                    className="flex items-center justify-between gap-3 rounded-xl px-3 py-2.5 hover:bg-raised aria-[current]:bg-accent-soft"
                  >
                    <span className="min-w-0">
                      <span className="block truncate font-medium">{each.name}</span>
                      <span className="text-muted tabular-nums">+{each.phone}</span>
                    </span>
                    {each.devices > 0 && <Badge tone="good">{words.linked}</Badge>}
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
          {shown && <Handset key={shown.phone} phone={shown} />}
        </div>
      )}
      {adding && (
        <AddPhone
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            again();
          }}
        />
      )}
    </Page>
  );
}
