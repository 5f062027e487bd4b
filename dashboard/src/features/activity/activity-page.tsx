import { useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { auditQuery, type AuditEvent } from "@/shared/api/audit";
import { csv, download } from "@/shared/lib/csv";
import { full, recent } from "@/shared/lib/time";
import { Button } from "@/shared/ui/button";
import { Card, PageHeader } from "@/shared/ui/card";
import { DataTable, type Column } from "@/shared/ui/data-table";
import { Chooser } from "@/shared/ui/menu";
import { EmptyState, Shown } from "@/shared/ui/states";
import { Changes } from "./changes";

const any = "any";

const columns: Column<AuditEvent>[] = [
  {
    id: "time",
    header: "Time (UTC)",
    className: "whitespace-nowrap font-mono text-small text-ink-2 tabular",
    cell: (event) => <time title={full(event.time)}>{recent(event.time)}</time>,
  },
  { id: "actor", header: "Who", className: "user-text", cell: (event) => event.actor },
  { id: "action", header: "What", className: "user-text font-mono text-small", cell: (event) => event.action },
  { id: "target", header: "Target", from: "sm", className: "user-text font-mono text-small", cell: (event) => event.target },
  { id: "changes", header: "Before and after", from: "md", className: "w-full", cell: (event) => <Changes event={event} /> },
  { id: "source", header: "Source", from: "lg", className: "user-text font-mono text-small", cell: (event) => event.source || "–" },
];

export function ActivityPage() {
  const query = useInfiniteQuery(auditQuery);
  const [action, setAction] = useState(any);
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  const actions = [...new Set(events.map((event) => event.action))].sort();
  const shown = events.filter((event) => action === any || event.action === action);
  return (
    <>
      <PageHeader title="Activity" note="Who changed what. Secrets are never part of it.">
        <Chooser
          label="Action"
          value={action}
          choices={[{ value: any, label: "All actions" }, ...actions.map((value) => ({ value, label: value }))]}
          onChange={setAction}
        />
        <Button disabled={shown.length === 0} onClick={() => save(shown)}>
          <Download aria-hidden /> Export
        </Button>
      </PageHeader>
      <Card bodyClass="">
        <Shown query={query}>
          {() =>
            shown.length === 0 ? (
              <EmptyState title="Nothing has been changed yet">
                <p>Creating, rotating and revoking keys, publishing policies and signing in show up here.</p>
              </EmptyState>
            ) : (
              <DataTable label="Activity" columns={columns} rows={shown} id={(event) => event.id} />
            )
          }
        </Shown>
      </Card>
      {query.hasNextPage && (
        <div className="flex justify-center py-4">
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

function save(events: readonly AuditEvent[]) {
  const rows = events.map((event) => [
    new Date(event.time * 1000).toISOString(),
    event.actor,
    event.action,
    event.target,
    event.source,
    JSON.stringify(event.before),
    JSON.stringify(event.after),
  ]);
  download("activity.csv", "text/csv", csv(["time", "actor", "action", "target", "source", "before", "after"], rows));
}
