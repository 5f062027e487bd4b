import type { Row } from "@/shared/api/records";
import { csv, download } from "@/shared/lib/csv";

const header = [
  "time", "id", "verdict", "rule", "reason", "kid", "surface", "provider", "model", "requested_model",
  "status", "outcome", "policy", "risk_score", "input_tokens", "output_tokens", "cost_usd",
  "inspection_ms", "gateway_ms", "provider_ms", "total_ms",
];

const cells = (row: Row) => [
  new Date(row.time * 1000).toISOString(), row.id, row.verdict, row.rule, row.reason, row.kid, row.surface,
  row.provider, row.model, row.requested_model, row.status, row.outcome, row.policy, row.risk_score,
  row.usage.input, row.usage.output, row.cost_usd, row.latency.inspection, row.latency.gateway,
  row.latency.provider, row.latency.total,
];

export const saveCsv = (rows: readonly Row[]) => download("logs.csv", "text/csv", csv(header, rows.map(cells)));

export const saveJsonl = (rows: readonly Row[]) =>
  download("logs.jsonl", "application/jsonl", rows.map((row) => JSON.stringify(row)).join("\n"));
