import { VitalsDocument } from "../api/generated/operations.ts";
import { useAsk } from "../api/use-ask.ts";
import { useEvery } from "../api/use-every.ts";
import { bytes } from "../ui/formats.ts";
import { Card } from "../ui/page.tsx";
import { Plot } from "../ui/plot.tsx";
import { SkeletonRows, Trouble } from "../ui/state.tsx";
import { useWords } from "../words/words.ts";
import { RatePlot } from "./rate-plot.tsx";
import { StorageCard } from "./storage-card.tsx";

/** As often as the gateway takes a sample. */
const EVERY_MS = 15_000;

/** A gateway that has just started fills a part of this, and nothing is drawn larger than it is. */
const LEAST_SAMPLES = 41;
const MINUTES = 60;

/** What the gateway tells of itself, as plots: what goes through, and what that costs. */
export function Vitals() {
  const words = useWords().health;
  const { data, error, again } = useAsk(VitalsDocument, {});
  useEvery(EVERY_MS, again);
  if (error && !data) return <Trouble error={error} again={again} />;
  if (!data) return <SkeletonRows count={4} />;
  const { throughput, nodes, storage } = data.health;
  // One process, until there are more of them.
  const [node] = nodes;
  const signs = node?.vitalSigns ?? [];
  const samples = Math.max(LEAST_SAMPLES, signs.length);
  const span = { points: samples, minutes: Math.round(((samples - 1) * EVERY_MS) / 60_000) };
  const [received, sent] = [
    { name: words.received, values: throughput.received },
    { name: words.sent, values: throughput.sent },
  ];
  const memory = { name: words.resident, values: signs.map((sign) => sign.memory) };
  const heap = { name: words.heap, values: signs.map((sign) => sign.heap) };
  const processor = { name: words.processor, values: signs.map((sign) => sign.processor * 100) };
  const delay = { name: words.delay, values: signs.map((sign) => sign.eventLoopDelay) };
  return (
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      <Card>
        <Plot
          title={words.messages}
          series={[received, sent]}
          unit={words.perMinute}
          points={MINUTES}
          minutes={MINUTES}
        />
      </Card>
      <Card>
        <RatePlot />
      </Card>
      <Card>
        <Plot {...span} title={words.memory} series={[memory, heap]} unit="" format={bytes} />
      </Card>
      <Card>
        <Plot {...span} title={words.processor} series={[processor]} unit={words.ofOne} />
      </Card>
      <Card>
        <Plot {...span} title={words.delay} series={[delay]} unit="ms" />
      </Card>
      {node && <StorageCard storage={storage} startedAt={node.startedAt} />}
    </div>
  );
}
