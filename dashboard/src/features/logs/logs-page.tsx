import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useState } from "react";
import { keysQuery } from "@/shared/api/keys";
import { useLive } from "@/shared/api/live";
import { recordsQuery, type Filters, type Row } from "@/shared/api/records";
import { useShortcuts } from "@/shared/lib/keyboard";
import { Button } from "@/shared/ui/button";
import { PageHeader } from "@/shared/ui/card";
import { LivePill } from "@/shared/ui/live-pill";
import { ActionMenu } from "@/shared/ui/menu";
import { Shown } from "@/shared/ui/states";
import { saveCsv, saveJsonl } from "./export";
import { FilterBar } from "./filter-bar";
import { LogTable } from "./log-table";

const most = 200;

export function LogsPage() {
  const filters = useSearch({ from: "/inside/logs" });
  const { id } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useInfiniteQuery(recordsQuery(filters));
  const keys = useQuery(keysQuery);
  const [on, setOn] = useState(false);
  const [fresh, setFresh] = useState<Row[]>([]);
  const [waiting, setWaiting] = useState<Row[]>([]);
  const paused = Boolean(id);
  const open = useLive(on, filters, (record) => {
    if (!fits(record, filters)) return;
    const keep = paused ? setWaiting : setFresh;
    keep((now) => [record, ...now].slice(0, most));
  });
  const stored = query.data?.pages.flatMap((page) => page.data) ?? [];
  const rows = [...new Map([...fresh, ...stored].map((row) => [row.id, row])).values()].filter((row) => fits(row, filters));

  const show = (record: string) => void navigate({ to: "/logs/$id", params: { id: record }, search: filters });
  function step(by: number) {
    const place = rows.findIndex((row) => row.id === id);
    const next = rows[id ? place + by : 0];
    if (next) show(next.id);
  }
  useShortcuts({ l: () => setOn(!on), j: () => step(1), k: () => step(-1) });

  return (
    <>
      <PageHeader title="Logs" note="Every exchange, newest first. Records hold no prompt, no answer and no matched text.">
        <LivePill on={on} open={open} onToggle={() => setOn(!on)} />
        <ActionMenu
          label="Export"
          trigger={<Download aria-hidden />}
          actions={[
            { label: `CSV of the ${rows.length} shown`, onSelect: () => saveCsv(rows) },
            { label: `JSONL of the ${rows.length} shown`, onSelect: () => saveJsonl(rows) },
          ]}
        />
      </PageHeader>
      <FilterBar filters={filters} onChange={(search) => void navigate({ to: "/logs", search })} />
      <div className="rounded-card border border-line bg-surface shadow-card">
        {waiting.length > 0 && (
          <button
            type="button"
            className="block w-full border-b border-line bg-accent-soft py-1.5 text-small text-accent"
            onClick={() => {
              setFresh((now) => [...waiting, ...now].slice(0, most));
              setWaiting([]);
            }}
          >
            {waiting.length} new
          </button>
        )}
        <Shown query={query}>
          {() => <LogTable rows={rows} keys={keys.data ?? []} selected={id} filters={filters} onOpen={show} />}
        </Shown>
      </div>
      {query.hasNextPage && (
        <div className="flex justify-center py-4">
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
      <Outlet />
    </>
  );
}

function fits(row: Row, { verdict, kid, model, rule, since, until }: Filters): boolean {
  return (
    (!verdict || row.verdict === verdict) &&
    (!kid || row.kid === kid) &&
    (!model || row.model === model) &&
    (!rule || row.rule === rule) &&
    (!since || row.time >= since) &&
    (!until || row.time < until)
  );
}
