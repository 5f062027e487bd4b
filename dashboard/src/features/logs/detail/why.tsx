import type { Row } from "@/shared/api/records";
import { cn } from "@/shared/lib/cn";
import { words } from "@/shared/lib/format";
import { VerdictBadge } from "@/shared/ui/verdict";

const borders: Record<string, string> = {
  block: "border-block bg-block-soft",
  mask: "border-mask bg-mask-soft",
  flag: "border-flag bg-flag-soft",
};

function sentence({ verdict, rule, findings, outcome, provider }: Row): string {
  const inAnswer = findings.some((finding) => finding.rule === rule && finding.direction === "answer");
  const what = inAnswer ? "answer" : "prompt";
  if (verdict === "block") {
    const rest = inAnswer ? "before it reached the application" : "before it left the gateway";
    return `${words(rule)} stopped this ${what} ${rest}`;
  }
  if (verdict === "mask") return `${words(rule)} replaced parts of this ${what}`;
  if (verdict === "flag") return `${words(rule)} noted something in this ${what} and let it pass`;
  if (outcome === "failed") return `Nothing was found; ${provider} failed to answer`;
  if (outcome === "refused") return "The gateway refused this request before inspecting it";
  return "Inspected, and nothing was found";
}

export function Why({ record }: { record: Row }) {
  const { verdict, rule, reason, risk_score: score, policy, status, error } = record;
  return (
    <div className={cn("rounded-card border p-4", borders[verdict] ?? "border-line bg-sunken")}>
      <p className="flex flex-wrap items-center gap-2">
        <VerdictBadge verdict={verdict} solid />
        <span className="user-text font-semibold">{sentence(record)}</span>
      </p>
      <p className="user-text mt-2 text-ink-2">
        {rule && (
          <>
            Score {score.toFixed(2)}. Policy <code className="font-mono">{policy}</code>, rule{" "}
            <code className="font-mono">{rule}</code>
            {reason && `: ${reason}`}.{" "}
          </>
        )}
        The caller got HTTP {status}
        {error && (
          <>
            {" "}
            with code <code className="font-mono">{error}</code>
          </>
        )}
        .
      </p>
    </div>
  );
}
