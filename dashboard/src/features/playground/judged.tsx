import type { Scan } from "@/shared/api/scan";
import { milliseconds, words } from "@/shared/lib/format";
import { Mask, VerdictBadge } from "@/shared/ui/verdict";
import { Marked } from "./marked";

const seen = (scan: Scan) => scan.findings.filter((finding) => finding.view === "text" || finding.view === "");

export function Judged({ scan, text }: { scan: Scan; text: string }) {
  return (
    <div className="space-y-4">
      <p className="flex flex-wrap items-center gap-2">
        <VerdictBadge verdict={scan.verdict} solid />
        <span className="user-text font-semibold">{scan.violated_rule ? words(scan.violated_rule) : "No rule matched"}</span>
      </p>
      <p className="user-text text-ink-2">
        {scan.reason && `${words(scan.reason)}. `}
        Risk {scan.risk_score.toFixed(2)}, judged in {milliseconds(scan.inspection_ms)} by{" "}
        <code className="font-mono">{scan.policy}</code>.
      </p>
      <Marked text={text} spans={seen(scan)} />
      {scan.findings.length > 0 && (
        <div>
          <h3 className="mb-1.5 font-semibold">Findings</h3>
          <ul className="divide-y divide-line rounded-card border border-line">
            {scan.findings.map((finding, index) => (
              <li key={index} className="flex flex-wrap items-center gap-2 px-3 py-2 text-small">
                <Mask type={finding.category} />
                <span className="user-text">{finding.reason || finding.detector}</span>
                <span className="ml-auto font-mono text-ink-3 tabular">
                  {finding.score.toFixed(2)} at {finding.start} to {finding.end}
                  {finding.view !== "text" && finding.view !== "" && `, read as ${finding.view}`}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
