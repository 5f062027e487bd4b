import type { ReactNode } from "react";
import type { Row } from "@/shared/api/records";
import { dollars, milliseconds } from "@/shared/lib/format";

interface FactsProps {
  record: Row;
  name: string;
  last4: string | undefined;
}

export function Facts({ record, name, last4 }: FactsProps) {
  const { latency, usage } = record;
  const facts: [string, ReactNode][] = [
    ["Application", name],
    ["Key", last4 ? `${record.kid} …${last4}` : record.kid],
    ["Surface", record.surface],
    ["Model asked for", record.requested_model || "–"],
    ["Model used", record.model || "–"],
    ["Streamed", record.streamed ? "yes" : "no"],
    ["Tokens in / out", `${usage.input} / ${usage.output}`],
    ["Cost", record.cost_usd === null ? "no known price" : dollars(record.cost_usd)],
    ["Attempts", record.attempts],
    ["Added latency", milliseconds(latency.inspection + latency.gateway)],
    ["Provider", milliseconds(latency.provider)],
    ["Total", milliseconds(latency.total)],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 rounded-card border border-line p-4 sm:grid-cols-3">
      {facts.map(([label, value]) => (
        <div key={label} className="min-w-0">
          <dt className="text-small text-ink-3">{label}</dt>
          <dd className="user-text font-mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
