import { useState } from "react";
import type { DeliveryState } from "../api/generated/operations.ts";
import { ReplayWebhookDocument } from "../api/generated/operations.ts";
import { change } from "../api/client.ts";
import { useMay } from "../api/session.ts";
import { Button } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import { Card } from "../ui/page.tsx";
import { Empty, SkeletonRows, Trouble } from "../ui/state.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";
import { DeliveryItem } from "./delivery-item.tsx";
import { useDeliveries } from "./use-deliveries.ts";

interface DeliveriesProps {
  readonly webhookId: string;
  /** Deliveries have changed, and with them the figures. */
  readonly onChange: () => void;
}

const STATES: readonly DeliveryState[] = ["FAILED", "PENDING", "DELIVERED"];

export function Deliveries({ webhookId, onChange }: DeliveriesProps) {
  const words = useWords();
  const [state, setState] = useState<DeliveryState>();
  const { rows, error, again, more } = useDeliveries(webhookId, state, onChange);
  const mayWrite = useMay("webhooks:write");
  const { busy, run } = useDoing();
  const replay = (id: string): void =>
    void run(
      () => change(ReplayWebhookDocument, { id: webhookId, input: { deliveryIds: [id] } }),
      words.webhooks.replayed,
    );
  return (
    <div className="mt-8">
      <div className="mb-3 flex items-center justify-between gap-4">
        <h2 className="text-base font-semibold">{words.webhooks.deliveries}</h2>
        <div className="w-44">
          <Select
            bare
            label={words.webhooks.state}
            value={state ?? ""}
            onChange={({ target }) => setState(STATES.find((each) => each === target.value))}
            options={[
              ["", words.webhooks.allStates],
              ...STATES.map((each) => [each, words.deliveryState[each]] as const),
            ]}
          />
        </div>
      </div>
      <Card label={words.webhooks.deliveries}>
        {error && (
          <div className="p-4">
            <Trouble error={error} again={again} />
          </div>
        )}
        {!rows && !error && <SkeletonRows />}
        {rows?.length === 0 && (
          <Empty icon="webhooks" title={words.webhooks.noDeliveries}>
            {words.webhooks.noDeliveriesAbout}
          </Empty>
        )}
        <ul className="divide-y divide-line">
          {rows?.map((row) => (
            <li key={row.id}>
              <DeliveryItem delivery={row} busy={busy} onReplay={mayWrite ? replay : undefined} />
            </li>
          ))}
        </ul>
        {more && (
          <div className="flex justify-center border-t border-line p-3">
            <Button kind="quiet" onClick={() => void run(more)}>
              {words.more}
            </Button>
          </div>
        )}
      </Card>
    </div>
  );
}
