import { Link } from "@tanstack/react-router";
import { nameOf, type Key } from "@/shared/api/keys";
import type { Filters, Row } from "@/shared/api/records";
import { dollars, milliseconds, words } from "@/shared/lib/format";
import { full, recent } from "@/shared/lib/time";
import { DataTable, type Column } from "@/shared/ui/data-table";
import { EmptyState } from "@/shared/ui/states";
import { Excerpt, VerdictBadge } from "@/shared/ui/verdict";

interface LogTableProps {
  rows: readonly Row[];
  keys: readonly Key[];
  selected: string | undefined;
  filters: Filters;
  onOpen: (id: string) => void;
}

function columns(keys: readonly Key[], filters: Filters): Column<Row>[] {
  const names = new Map(keys.map((key) => [key.kid, nameOf(key, key.kid)]));
  return [
    {
      id: "time",
      header: "Time (UTC)",
      className: "whitespace-nowrap",
      cell: (row) => (
        <Link
          to="/logs/$id"
          params={{ id: row.id }}
          search={filters}
          title={full(row.time)}
          onClick={(event) => event.stopPropagation()}
          className="font-mono text-small text-ink-2 tabular hover:text-ink"
        >
          {recent(row.time)}
        </Link>
      ),
    },
    { id: "verdict", header: "Verdict", cell: (row) => <VerdictBadge verdict={row.verdict} /> },
    {
      id: "content",
      header: "Content",
      className: "w-full max-w-0",
      cell: (row) => (
        <span className="line-clamp-2 sm:block sm:truncate">
          <Excerpt verdict={row.verdict} reason={row.reason} findings={row.findings} inspected={row.request.characters} />
        </span>
      ),
    },
    { id: "rule", header: "Rule", from: "lg", className: "user-text max-w-44 truncate", cell: (row) => (row.rule ? words(row.rule) : "–") },
    { id: "model", header: "Model", from: "md", className: "user-text max-w-40 truncate font-mono text-small", cell: (row) => row.model },
    { id: "application", header: "Application", from: "lg", className: "user-text max-w-40 truncate", cell: (row) => names.get(row.kid) ?? row.kid },
    { id: "added", header: "Added", from: "sm", end: true, className: "whitespace-nowrap", cell: (row) => milliseconds(row.latency.inspection + row.latency.gateway) },
    { id: "latency", header: "Latency", from: "xl", end: true, className: "whitespace-nowrap", cell: (row) => milliseconds(row.latency.total) },
    { id: "tokens", header: "Tokens", from: "xl", end: true, className: "whitespace-nowrap", cell: (row) => `${row.usage.input} / ${row.usage.output}` },
    { id: "cost", header: "Cost", from: "xl", end: true, cell: (row) => (row.cost_usd === null ? "–" : dollars(row.cost_usd)) },
  ];
}

export function LogTable({ rows, keys, selected, filters, onOpen }: LogTableProps) {
  if (rows.length === 0) return <Nothing filtered={Object.keys(filters).length > 0} />;
  return (
    <DataTable
      label="Exchanges"
      columns={columns(keys, filters)}
      rows={rows}
      id={(row) => row.id}
      selected={selected}
      onOpen={(row) => onOpen(row.id)}
    />
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState title="No exchange fits these filters">
        <Link to="/logs" search={{}} className="text-accent underline">
          Clear filters
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No requests yet">
      <p>Every exchange through the gateway appears here within a second.</p>
      <Link to="/keys" search={{ create: true }} className="text-accent underline">
        Create an API key
      </Link>
    </EmptyState>
  );
}
