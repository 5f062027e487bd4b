import { Link } from "@tanstack/react-router";
import { TrendingDown, TrendingUp } from "lucide-react";
import type { Overview, Range, Sums } from "@/shared/api/overview";
import type { Filters } from "@/shared/api/records";
import { Sparkline } from "@/shared/charts/sparkline";
import { cn } from "@/shared/lib/cn";
import { change, dollars, milliseconds, percent, shortCount } from "@/shared/lib/format";

interface Metric {
  label: string;
  value: string;
  note?: string;
  now: number;
  before: number;
  course: (sums: Sums) => number;
  colour: string;
  filters: Filters;
}

function metrics({ total, before }: Overview, range: Range): Metric[] {
  const share = (part: number) => (total.requests ? percent(part / total.requests) : "");
  return [
    {
      label: "Requests",
      value: shortCount(total.requests),
      now: total.requests,
      before: before.requests,
      course: (sums) => sums.requests,
      colour: "var(--accent)",
      filters: {},
    },
    {
      label: "Blocked",
      value: shortCount(total.blocked),
      note: share(total.blocked),
      now: total.blocked,
      before: before.blocked,
      course: (sums) => sums.blocked,
      colour: "var(--block)",
      filters: { verdict: "block" },
    },
    {
      label: "Masked",
      value: shortCount(total.masked),
      note: share(total.masked),
      now: total.masked,
      before: before.masked,
      course: (sums) => sums.masked,
      colour: "var(--mask)",
      filters: { verdict: "mask" },
    },
    {
      label: "Added latency p95",
      value: total.added_p95 === null ? "–" : milliseconds(total.added_p95).replace(" ms", ""),
      note: total.added_p95 === null || total.added_p95 >= 10_000 ? "" : "ms",
      now: total.added_p95 ?? 0,
      before: before.added_p95 ?? 0,
      course: (sums) => sums.added_p95 ?? 0,
      colour: "var(--ink-3)",
      filters: {},
    },
    {
      label: `Spend, ${range}`,
      value: dollars(total.cost_usd),
      now: total.cost_usd,
      before: before.cost_usd,
      course: (sums) => sums.cost_usd,
      colour: "var(--ink-3)",
      filters: {},
    },
  ];
}

interface MetricsProps {
  overview: Overview;
  range: Range;
  kid: string | undefined;
}

export function Metrics({ overview, range, kid }: MetricsProps) {
  return (
    <section
      aria-label="Numbers"
      className="grid grid-cols-1 overflow-hidden rounded-card border border-line bg-surface shadow-card sm:grid-cols-2 md:grid-cols-3 xl:grid-cols-5"
    >
      {metrics(overview, range).map((metric) => (
        <Link
          key={metric.label}
          to="/logs"
          search={{ ...metric.filters, since: overview.start, ...(kid && { kid }) }}
          className="-ml-px -mt-px border-l border-t border-line px-4 pb-3 pt-3.5 hover:bg-sunken"
        >
          <span className="flex items-center justify-between text-ink-2">
            {metric.label} <Change now={metric.now} before={metric.before} />
          </span>
          <span className="mb-1.5 mt-1 flex items-baseline gap-1.5">
            <span className="text-metric font-semibold tracking-[-0.03em] tabular">{metric.value}</span>
            <span className="text-ink-3">{metric.note}</span>
          </span>
          <Sparkline values={overview.series.map(metric.course)} colour={metric.colour} />
        </Link>
      ))}
    </section>
  );
}

function Change({ now, before }: { now: number; before: number }) {
  const by = change(now, before);
  if (by === undefined || now === before) return null;
  const Icon = by > 0 ? TrendingUp : TrendingDown;
  return (
    <span className={cn("inline-flex items-center gap-1 font-mono text-micro text-ink-3")}>
      <Icon aria-hidden className="size-3" />
      {by > 0 ? "+" : ""}
      {percent(by)}
      <span className="sr-only">against the time before</span>
    </span>
  );
}
