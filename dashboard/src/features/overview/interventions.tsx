import { useNavigate } from "@tanstack/react-router";
import { Table2 } from "lucide-react";
import { useState } from "react";
import type { Overview } from "@/shared/api/overview";
import { kinds } from "@/shared/charts/bars";
import { BarsTable, StackedBars } from "@/shared/charts/stacked-bars";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";

const stepWords: Record<number, string> = {
  120: "Per 2 minutes, UTC",
  1800: "Per 30 minutes, UTC",
  14400: "Per 4 hours, UTC",
  43200: "Per 12 hours, UTC",
};

export function Interventions({ overview, kid }: { overview: Overview; kid: string | undefined }) {
  const [table, setTable] = useState(false);
  const navigate = useNavigate();
  const markers = overview.published.map(({ time, target }) => ({ time, label: target }));
  return (
    <Card
      title="Interventions"
      note={stepWords[overview.step]}
      action={
        <div className="flex flex-wrap items-center justify-end gap-x-3.5 gap-y-1 text-small text-ink-2">
          {[...kinds, { key: "all", label: "All requests", fill: "var(--allow)" }].map(({ key, label, fill }) => (
            <span key={key} className="inline-flex items-center gap-1.5">
              <span aria-hidden className="size-2 rounded-[2px]" style={{ background: fill }} />
              {label}
            </span>
          ))}
          <Button look="quiet" aria-pressed={table} className="h-6 px-1.5 text-small" onClick={() => setTable(!table)}>
            <Table2 aria-hidden /> {table ? "View as chart" : "View as table"}
          </Button>
        </div>
      }
    >
      {table ? (
        <BarsTable series={overview.series} step={overview.step} />
      ) : (
        <StackedBars
          title="Interventions over time"
          series={overview.series}
          step={overview.step}
          markers={markers}
          onSelect={({ start }) =>
            void navigate({ to: "/logs", search: { since: start, until: start + overview.step, ...(kid && { kid }) } })
          }
        />
      )}
    </Card>
  );
}
