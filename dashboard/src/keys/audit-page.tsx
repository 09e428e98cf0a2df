import { useEffect, useState } from "react";
import type { AuditQuery, AuditVerdictQuery } from "../api/generated/operations.ts";
import { AuditDocument, AuditVerdictDocument } from "../api/generated/operations.ts";
import { ask } from "../api/client.ts";
import { useAsk } from "../api/use-ask.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card, Page } from "../ui/page.tsx";
import { SkeletonRows, Trouble } from "../ui/state.tsx";
import { Clock } from "../ui/time.tsx";
import { useDoing } from "../ui/use-doing.ts";
import { useWords } from "../words/words.ts";

const PAGE = 50;

type Entry = AuditQuery["auditEntries"]["edges"][number]["node"];

/** Who did what, the latest first, and whether somebody has touched the trail. */
export default function AuditPage() {
  const words = useWords().audit;
  const { data, error, again } = useAsk(AuditDocument, { first: PAGE });
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [end, setEnd] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<AuditVerdictQuery["auditVerdict"]>();
  const { busy, run } = useDoing();
  const page = data?.auditEntries;
  useEffect(() => {
    setOlder([]);
    setEnd(page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null);
  }, [page]);

  async function more(): Promise<void> {
    const { auditEntries } = await ask(AuditDocument, { first: PAGE, after: end });
    setOlder((known) => [...known, ...auditEntries.edges.map(({ node }) => node)]);
    setEnd(auditEntries.pageInfo.hasNextPage ? auditEntries.pageInfo.endCursor : null);
  }
  const verify = async (): Promise<void> =>
    setVerdict((await ask(AuditVerdictDocument, {})).auditVerdict);

  const entries = page && [...page.edges.map(({ node }) => node), ...older];
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <Button icon="check" busy={busy} onClick={() => void run(verify)}>
          {words.verify}
        </Button>
      }
    >
      <div role="status">
        {verdict && (
          <p
            className={`mb-5 rounded-xl px-4 py-3 ${verdict.intact ? "bg-good-soft text-good" : "bg-bad-soft text-bad"}`}
          >
            {verdict.intact ? words.intact(verdict.checked) : words.broken(verdict.brokenAt ?? 0)}
            {verdict.head && (
              <span className="mt-1 block font-mono text-xs break-all">
                {verdict.head.position} {verdict.head.hash}
              </span>
            )}
          </p>
        )}
      </div>
      {error && !entries && <Trouble error={error} again={again} />}
      <Card label={words.title}>
        {!entries && !error && <SkeletonRows count={8} />}
        {entries && (
          <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={words.title}>
            <table className="w-full text-left">
              <thead>
                <tr>
                  {[
                    words.at,
                    words.actor,
                    words.action,
                    words.target,
                    words.address,
                    words.result,
                  ].map((name) => (
                    <th key={name} scope="col" className="px-5 py-3 text-xs font-medium text-muted">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="divide-y divide-line border-t border-line">
                {entries.map((entry) => (
                  <tr key={entry.position}>
                    <td className="px-5 py-2.5 whitespace-nowrap text-muted">
                      <Clock at={entry.at} />
                    </td>
                    <td className="px-5 py-2.5 font-medium whitespace-nowrap">{entry.actor}</td>
                    <td className="px-5 py-2.5 font-mono text-xs">{entry.action}</td>
                    <td className="max-w-56 truncate px-5 py-2.5 font-mono text-xs text-muted">
                      {entry.target ?? entry.instanceId ?? "–"}
                    </td>
                    <td className="px-5 py-2.5 font-mono text-xs text-muted">
                      {entry.address ?? "–"}
                    </td>
                    <td className="px-5 py-2.5">
                      <Badge tone={entry.result === "OK" ? "good" : "bad"}>{entry.result}</Badge>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {end !== null && (
          <div className="flex justify-center border-t border-line p-3">
            <Button kind="quiet" onClick={() => void run(more)}>
              {words.more}
            </Button>
          </div>
        )}
      </Card>
    </Page>
  );
}
