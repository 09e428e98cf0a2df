import type { ReactNode } from "react";
import type { InstanceStatus } from "../api/generated/operations.ts";
import { HealthDocument } from "../api/generated/operations.ts";
import { useConnection } from "../api/connection.ts";
import { useAsk } from "../api/use-ask.ts";
import { useMay } from "../api/session.ts";
import { useEvery } from "../api/use-every.ts";
import { TONES } from "../instances/status.ts";
import { Badge } from "../ui/badge.tsx";
import { Card, Page } from "../ui/page.tsx";
import { Skeleton, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { RatePlot } from "./rate-plot.tsx";
import { Vitals } from "./vitals.tsx";
import { useReadiness } from "./use-readiness.ts";

const EVERY_MS = 5_000;
const LONGEST_PAGE = 200;

/** Whether the gateway is well: what it says of itself, its accounts, and how much goes through. */
export default function HealthPage() {
  const words = useWords();
  const { data: kept, error, again } = useAsk(HealthDocument, { first: LONGEST_PAGE });
  const mayMeasure = useMay("metrics:read");
  const readiness = useReadiness(EVERY_MS);
  const connection = useConnection();
  useEvery(EVERY_MS, again);
  const nodes = kept?.instances.edges.map(({ node }) => node) ?? [];
  const byStatus = Map.groupBy(nodes, ({ status }) => status);
  const stalled = nodes.filter(({ deliverability }) => deliverability.state === "STALLED").length;
  const isLive = connection.kind === "live" || connection.kind === "resumed";

  return (
    <Page title={words.health.title} about={words.health.about}>
      {error && !kept && <Trouble error={error} again={again} />}
      <div className="grid gap-4 md:grid-cols-3">
        <Tile name={words.health.gateway}>
          {readiness === undefined ? (
            <Skeleton className="h-6 w-28" />
          ) : (
            <Badge tone={readiness.isReady ? "good" : "bad"}>
              {readiness.isReady ? words.health.ready : words.health.notReady}
            </Badge>
          )}
          <p className="mt-2 text-muted">{readiness?.reason ?? words.health.readyAbout}</p>
        </Tile>
        <Tile name={words.health.live}>
          <Badge tone={isLive ? "good" : "warn"}>
            {isLive ? words.health.connected : words.health.notConnected}
          </Badge>
          <p className="mt-2 text-muted">{words.health.liveAbout}</p>
        </Tile>
        <Tile name={words.health.version}>
          {kept ? (
            <p className="text-base font-semibold">{kept.version}</p>
          ) : (
            <Skeleton className="h-6 w-20" />
          )}
        </Tile>
      </div>
      <h2 className="mt-8 mb-3 text-base font-semibold">{words.instances.title}</h2>
      <Card label={words.instances.title}>
        <dl className="flex flex-wrap gap-x-5 gap-y-4 p-5">
          {(Object.keys(TONES) as InstanceStatus[]).map((status) => (
            <div key={status}>
              <dt>
                <Badge tone={TONES[status]}>{words.status[status]}</Badge>
              </dt>
              <dd className="mt-1.5 text-xl font-semibold tabular-nums">
                {byStatus.get(status)?.length ?? 0}
              </dd>
            </div>
          ))}
          <div>
            <dt>
              <Badge tone={stalled > 0 ? "bad" : "calm"}>{words.deliverability.stalled}</Badge>
            </dt>
            <dd className="mt-1.5 text-xl font-semibold tabular-nums">{stalled}</dd>
          </div>
        </dl>
      </Card>
      <h2 className="mt-8 mb-3 text-base font-semibold">{words.health.course}</h2>
      {mayMeasure ? (
        <Vitals />
      ) : (
        <Card>
          <RatePlot />
        </Card>
      )}
    </Page>
  );
}

function Tile({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Card label={name}>
      <div className="p-5">
        <h2 className="mb-2.5 text-xs font-medium text-muted">{name}</h2>
        {children}
      </div>
    </Card>
  );
}
