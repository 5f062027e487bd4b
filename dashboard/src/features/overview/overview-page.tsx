import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { keysQuery, nameOf } from "@/shared/api/keys";
import { overviewQuery, ranges, type Overview, type Range } from "@/shared/api/overview";
import { csv, download } from "@/shared/lib/csv";
import { count } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { PageHeader } from "@/shared/ui/card";
import { Chooser } from "@/shared/ui/menu";
import { Segmented } from "@/shared/ui/segmented";
import { Shown, Skeleton } from "@/shared/ui/states";
import { Attention } from "./attention";
import { FirstSteps } from "./first-steps";
import { Interventions } from "./interventions";
import { Latest } from "./latest";
import { Metrics } from "./metrics";
import { RuleList } from "./rule-list";

const everyone = "all";

export function OverviewPage() {
  const { range = "24h", kid } = useSearch({ from: "/inside/" });
  const navigate = useNavigate({ from: "/" });
  const query = useQuery(overviewQuery(range, kid));
  const keys = useQuery(keysQuery);
  const live = keys.data?.filter((key) => key.status !== "revoked") ?? [];
  const choices = [
    { value: everyone, label: "All applications" },
    ...live.map((key) => ({ value: key.kid, label: nameOf(key, key.kid) })),
  ];
  const change = (search: { range?: Range; kid?: string }) => void navigate({ search });

  return (
    <>
      <PageHeader title="Overview" note={query.data && <Posture overview={query.data} />}>
        <Chooser
          label="Application"
          value={kid ?? everyone}
          choices={choices}
          onChange={(next) => change({ range, ...(next !== everyone && { kid: next }) })}
        />
        <Segmented
          label="Time range"
          value={range}
          choices={ranges.map((value) => ({ value, label: value }))}
          onChange={(next) => change({ range: next, ...(kid && { kid }) })}
        />
        <Button disabled={!query.data} onClick={() => query.data && save(query.data, range)}>
          <Download aria-hidden /> Export
        </Button>
      </PageHeader>
      <Shown query={query} loading={<Loading />}>
        {(overview) => (
          <div className="space-y-5">
            {overview.keys.length === 0 && !kid && <FirstSteps keys={live} />}
            <Metrics overview={overview} range={range} kid={kid} />
            <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_332px]">
              <Interventions overview={overview} kid={kid} />
              <RuleList overview={overview} kid={kid} />
              <Latest kid={kid} />
              <Attention overview={overview} keys={live} />
            </div>
          </div>
        )}
      </Shown>
    </>
  );
}

function Posture({ overview }: { overview: Overview }) {
  const { total } = overview;
  const touched = total.blocked + total.masked + total.flagged;
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden className="size-1.5 rounded-full bg-accent" />
      {total.requests === 0
        ? "No requests in this range."
        : `${count(touched)} interventions in ${count(total.requests)} requests. Everything else passed after inspection.`}
    </span>
  );
}

function save(overview: Overview, range: Range) {
  const header = ["start_utc", "requests", "blocked", "masked", "flagged", "failed", "cost_usd", "added_p95_ms"];
  const rows = overview.series.map((sums) => [
    new Date(sums.start * 1000).toISOString(),
    sums.requests,
    sums.blocked,
    sums.masked,
    sums.flagged,
    sums.failed,
    sums.cost_usd,
    sums.added_p95,
  ]);
  download(`overview-${range}.csv`, "text/csv", csv(header, rows));
}

function Loading() {
  return (
    <div className="space-y-5" role="status" aria-label="Loading">
      <Skeleton className="h-[108px] rounded-card" />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_332px]">
        <Skeleton className="h-[340px] rounded-card" />
        <Skeleton className="h-[340px] rounded-card" />
      </div>
    </div>
  );
}
