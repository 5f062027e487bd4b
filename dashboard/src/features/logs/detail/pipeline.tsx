import { Check, CircleAlert, Minus } from "lucide-react";
import type { Row } from "@/shared/api/records";
import { cn } from "@/shared/lib/cn";
import { count, milliseconds, words } from "@/shared/lib/format";

interface Step {
  name: string;
  detail?: string;
  state: "passed" | "acted" | "stopped" | "skipped";
  time?: number;
}

const actions: Record<string, string> = { block: "blocked", mask: "masked", flag: "flagged" };

function found(record: Row, direction: string): Step[] {
  const seen = new Map<string, Step>();
  for (const { rule, action, score, category, direction: where, monitored } of record.findings) {
    if ((where === "answer") !== (direction === "answer") || seen.has(rule)) continue;
    const done = monitored ? "monitored" : (actions[action] ?? action);
    seen.set(rule, {
      name: words(rule),
      detail: `${category} ${score.toFixed(2)}, ${done}`,
      state: action === "block" && !monitored ? "stopped" : "acted",
    });
  }
  return [...seen.values()];
}

/** The stages in their order. Stages that a block or a refusal kept from running are shown as skipped. */
export function steps(record: Row): Step[] {
  const asked = record.attempts > 0;
  const inspected = record.request.segments > 0;
  const answered = record.answer.segments > 0;
  return [
    { name: "Key and limits", state: record.outcome === "refused" ? "stopped" : "passed", time: record.latency.gateway },
    {
      name: "Request checks",
      detail: `${count(record.request.segments)} texts, ${count(record.request.cached)} known from before`,
      state: inspected ? "passed" : "skipped",
      ...(inspected && { time: record.latency.inspection }),
    },
    ...found(record, "request"),
    {
      name: `Provider ${record.provider || "none"} / ${record.model || "none"}`,
      state: !asked ? "skipped" : record.outcome === "failed" ? "stopped" : "passed",
      ...(asked && { time: record.latency.provider }),
    },
    { name: "Answer checks", detail: answered ? `${count(record.answer.segments)} texts` : "", state: answered ? "passed" : "skipped" },
    ...found(record, "answer"),
  ];
}

const looks = {
  passed: { Icon: Check, badge: "bg-allow-soft text-allow-ink", text: "" },
  acted: { Icon: CircleAlert, badge: "bg-mask-soft text-mask-ink", text: "" },
  stopped: { Icon: CircleAlert, badge: "bg-block-solid text-on-block", text: "text-block-ink font-medium" },
  skipped: { Icon: Minus, badge: "bg-sunken text-ink-3", text: "text-ink-3" },
};

export function Pipeline({ record }: { record: Row }) {
  return (
    <section aria-label="Pipeline">
      <h3 className="mb-2 font-semibold">Pipeline</h3>
      <ol className="divide-y divide-line rounded-card border border-line">
        {steps(record).map(({ name, detail, state, time }, index) => {
          const { Icon, badge, text } = looks[state];
          return (
            <li key={`${name} ${index}`} className="flex min-h-9 items-center gap-2.5 px-3 py-1.5">
              <span aria-hidden className={cn("grid size-5 shrink-0 place-items-center rounded-full", badge)}>
                <Icon className="size-3" />
              </span>
              <span className={cn("user-text min-w-0", text)}>
                {index + 1}. {name} {detail && <span className="font-mono text-small text-ink-3">{detail}</span>}
              </span>
              <span className="ml-auto whitespace-nowrap font-mono text-small text-ink-3 tabular">
                {state === "skipped" ? "skipped" : time === undefined ? "" : milliseconds(time)}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
