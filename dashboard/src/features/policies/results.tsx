import { CircleCheck, CircleX } from "lucide-react";
import type { Schema } from "@/shared/api/client";
import type { Replay } from "@/shared/api/policies";
import { count } from "@/shared/lib/format";
import { VerdictBadge } from "@/shared/ui/verdict";

/** How the draft judged its own examples. */
export function TestView({ result }: { result: Schema["TestedOut"] }) {
  if (result.examples.length === 0) return <p className="text-ink-2">The draft has no examples. Add some under `examples:`.</p>;
  return (
    <ul className="divide-y divide-line rounded-card border border-line" aria-label="Examples">
      {result.examples.map((example) => {
        const Icon = example.passed ? CircleCheck : CircleX;
        return (
          <li key={example.line} className="flex flex-wrap items-center gap-2 px-3 py-2">
            <Icon aria-hidden className={example.passed ? "size-4 text-allow-ink" : "size-4 text-block-ink"} />
            <span>
              Line {example.line}: expected {example.expected}
              {example.expected_rule && ` by ${example.expected_rule}`}
            </span>
            <span className="ml-auto flex items-center gap-2">
              <VerdictBadge verdict={example.verdict} />
              <span className="user-text font-mono text-small text-ink-3">{example.rule}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const changes = [
  ["newly_blocked", "block"],
  ["newly_masked", "mask"],
  ["newly_flagged", "flag"],
  ["newly_allowed", "allow"],
] as const;

/** What would have been different. */
export function ReplayView({ replay }: { replay: Replay }) {
  return (
    <div className="rounded-card border border-line p-4" role="status">
      <p className="mb-2 font-medium">
        {count(replay.records)} requests judged again, {count(replay.unchanged)} as before
      </p>
      <ul className="flex flex-wrap gap-x-6 gap-y-2">
        {changes.map(([name, verdict]) => (
          <li key={name} className="flex items-center gap-2">
            <VerdictBadge verdict={verdict} /> {count(replay[name].count)} more
          </li>
        ))}
      </ul>
      {replay.uncertain.count > 0 && <p className="mt-2 text-ink-2">{count(replay.uncertain.count)} cannot be told from their records.</p>}
      {replay.note && <p className="user-text mt-2 text-small text-ink-3">{replay.note}</p>}
    </div>
  );
}
