import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { keysQuery, nameOf } from "@/shared/api/keys";
import { useLive } from "@/shared/api/live";
import { recordsQuery, type Row } from "@/shared/api/records";
import { milliseconds, words } from "@/shared/lib/format";
import { useShortcuts } from "@/shared/lib/keyboard";
import { full, recent } from "@/shared/lib/time";
import { Card } from "@/shared/ui/card";
import { LivePill } from "@/shared/ui/live-pill";
import { EmptyState, Shown } from "@/shared/ui/states";
import { Excerpt, VerdictBadge } from "@/shared/ui/verdict";

const shown = 8;

/** What was stopped, changed or flagged, as it happens. */
export function Latest({ kid }: { kid: string | undefined }) {
  const [on, setOn] = useState(true);
  const [fresh, setFresh] = useState<Row[]>([]);
  const open = useLive(on, { kid }, (record) => {
    if (record.verdict !== "allow") setFresh((now) => [record, ...now].slice(0, shown));
  });
  useShortcuts({ l: () => setOn(!on) });
  const of = kid ? { kid } : {};
  const stored = {
    block: useInfiniteQuery(recordsQuery({ verdict: "block", ...of })),
    mask: useInfiniteQuery(recordsQuery({ verdict: "mask", ...of })),
    flag: useInfiniteQuery(recordsQuery({ verdict: "flag", ...of })),
  };
  const known = Object.values(stored).flatMap((query) => query.data?.pages[0]?.data ?? []);
  const rows = [...new Map([...fresh, ...known].map((row) => [row.id, row])).values()]
    .filter((row) => !kid || row.kid === kid)
    .sort((one, other) => other.time - one.time)
    .slice(0, shown);
  return (
    <Card
      title="Latest interventions"
      note="What the gateway stopped, changed or flagged"
      bodyClass="border-t border-line"
      action={
        <div className="flex items-center gap-3">
          <LivePill on={on} open={open} onToggle={() => setOn(!on)} />
          <Link to="/logs" search={{}} className="inline-flex min-h-6 items-center gap-1 text-small text-ink-2 hover:text-ink">
            All logs <ArrowRight aria-hidden className="size-3" />
          </Link>
        </div>
      }
    >
      <Shown query={stored.block}>{() => <Lines rows={rows} />}</Shown>
    </Card>
  );
}

function Lines({ rows }: { rows: readonly Row[] }) {
  const keys = useQuery(keysQuery);
  if (rows.length === 0) {
    return (
      <EmptyState title="Nothing was stopped, changed or flagged">
        <Link to="/playground" search={{}} className="text-accent underline">
          Try a prompt in the playground
        </Link>
      </EmptyState>
    );
  }
  const name = (kid: string) => nameOf(keys.data?.find((key) => key.kid === kid), kid);
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            to="/logs/$id"
            params={{ id: row.id }}
            search={{}}
            className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1 px-5 py-2 hover:bg-sunken sm:grid-cols-[76px_92px_1fr_auto]"
          >
            <time title={full(row.time)} className="font-mono text-small text-ink-2 tabular">
              {recent(row.time)}
            </time>
            <span>
              <VerdictBadge verdict={row.verdict} />
            </span>
            <span className="min-w-0 max-sm:col-span-2">
              <span className="block truncate">
                <Excerpt verdict={row.verdict} reason={row.reason} findings={row.findings} inspected={row.request.characters} />
              </span>
              <span className="user-text block truncate text-small text-ink-3">
                {words(row.rule)} / {row.surface} / {name(row.kid)}
              </span>
            </span>
            <span className="user-text text-end font-mono text-small max-sm:hidden">
              {row.model.slice(0, 32)}
              <span className="block text-ink-3">+{milliseconds(row.latency.inspection + row.latency.gateway)}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
