import { useEffect, useRef, useState } from "react";
import type { InstanceCardFragment } from "../api/generated/operations.ts";
import { FollowInstanceDocument } from "../api/generated/operations.ts";
import { useFollow } from "../api/use-follow.ts";
import { Badge } from "../ui/badge.tsx";
import { Ago } from "../ui/time.tsx";
import { useWords } from "../words/words.ts";
import { CardActions } from "./card-actions.tsx";
import { Deliverability } from "./deliverability.tsx";
import { TONES } from "./status.ts";
import { Throughput } from "./throughput.tsx";
import type { Throughput as Counts } from "./use-throughputs.ts";

interface CardProps {
  /** As it was when the list was read; from then on the card follows it by itself. */
  readonly first: InstanceCardFragment;
  /** Undefined until it is known. */
  readonly throughput: Counts | undefined;
  readonly onLink: () => void;
  /** Left out while nobody chooses. */
  readonly isChosen: boolean | undefined;
  readonly onChoose: (isOn: boolean) => void;
}

/** One account, live while the card can be seen. */
export function InstanceCard({ first, throughput, onLink, isChosen, onChoose }: CardProps) {
  const words = useWords();
  const [live, setLive] = useState(first);
  const [seen, setSeen] = useState(false);
  const card = useRef<HTMLElement>(null);
  useEffect(() => setLive(first), [first]);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting === true));
    if (card.current) observer.observe(card.current);
    return () => observer.disconnect();
  }, []);
  useFollow(FollowInstanceDocument, seen ? { id: first.id } : undefined, ({ instance }) =>
    setLive(instance),
  );

  const { id, name, status, phoneNumber, profileName, lastDisconnect, restriction } = live;
  const isWell = status === "OPEN" && restriction === null;
  return (
    <article
      ref={card}
      aria-labelledby={`instance-${id}`}
      className="flex h-full min-h-56 flex-col rounded-2xl border border-line bg-surface p-5 transition-shadow hover:shadow-sm"
    >
      <header className="flex items-start justify-between gap-3">
        {isChosen !== undefined && (
          <input
            type="checkbox"
            aria-label={words.bulk.chooseOne(name ?? id)}
            checked={isChosen}
            onChange={({ target }) => onChoose(target.checked)}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
        )}
        <div className="min-w-0 grow">
          <h2 id={`instance-${id}`} className="truncate text-base font-semibold">
            {name ?? id}
          </h2>
          <p className="truncate font-mono text-xs text-muted">{name === null ? " " : id}</p>
        </div>
        <Badge tone={TONES[status]}>{words.status[status]}</Badge>
      </header>
      <dl className="mt-4 grid grow grid-cols-[auto_1fr] content-start gap-x-4 gap-y-1.5 text-[13px]">
        <dt className="text-muted">{words.instances.phone}</dt>
        <dd className="truncate text-right font-medium tabular-nums">
          {phoneNumber === null ? words.instances.notLinked : `+${phoneNumber}`}
          {profileName !== null && <span className="font-normal text-muted"> · {profileName}</span>}
        </dd>
        <dt className="text-muted">{words.instances.sending}</dt>
        <dd className="text-right">
          <Deliverability state={live.deliverability} />
        </dd>
        {phoneNumber !== null && <Throughput counts={throughput} />}
        {!isWell && (
          <dd className="col-span-2 mt-1.5 rounded-lg bg-raised px-3 py-2 text-muted">
            {restriction?.explanation ??
              (lastDisconnect ? (
                <>
                  {lastDisconnect.message} <Ago at={lastDisconnect.at} />
                </>
              ) : (
                words.instances.toLink
              ))}
          </dd>
        )}
      </dl>
      <CardActions instance={live} onLink={onLink} />
    </article>
  );
}
