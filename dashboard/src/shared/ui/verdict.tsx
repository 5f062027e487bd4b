import { Ban, Check, EyeOff, Flag, type LucideIcon } from "lucide-react";
import type { Finding } from "@/shared/api/records";
import { cn } from "@/shared/lib/cn";
import { words } from "@/shared/lib/format";

interface Look {
  label: string;
  Icon: LucideIcon;
  soft: string;
}

const allowed: Look = { label: "Allowed", Icon: Check, soft: "bg-allow-soft text-allow-ink" };
const looks: Record<string, Look> = {
  allow: allowed,
  flag: { label: "Flagged", Icon: Flag, soft: "bg-flag-soft text-flag-ink" },
  mask: { label: "Masked", Icon: EyeOff, soft: "bg-mask-soft text-mask-ink" },
  block: { label: "Blocked", Icon: Ban, soft: "bg-block-soft text-block-ink" },
};

export const verdictLook = (verdict: string): Look => looks[verdict] ?? allowed;

/** Icon, word and colour together: none of them alone has to be seen. */
export function VerdictBadge({ verdict, solid = false }: { verdict: string; solid?: boolean }) {
  const { label, Icon, soft } = verdictLook(verdict);
  const colour = solid && verdict === "block" ? "bg-block-solid text-on-block" : soft;
  return (
    <span className={cn("inline-flex items-center gap-1 rounded-control px-1.5 py-0.5 text-small font-medium", colour)}>
      <Icon aria-hidden className="size-3.5" />
      {label}
    </span>
  );
}

const actions: Record<string, string> = { block: "Block", mask: "Mask", flag: "Flag" };

/** What a rule does, in the colours of the verdict it leads to. */
export function ActionBadge({ action }: { action: string }) {
  return (
    <span className={cn("rounded-control px-1.5 py-0.5 text-small font-medium", verdictLook(action).soft)}>
      {actions[action] ?? "Monitor"}
    </span>
  );
}

/** A masked span: a solid chip of ink with what stood there in capitals. */
export function Mask({ type }: { type: string }) {
  return (
    <span className="user-text inline-block rounded-[4px] bg-ink px-1.5 py-0.5 align-[1px] font-mono text-[10px] font-semibold leading-3 tracking-wide text-canvas">
      {type.replace(/[-_]+/g, " ").toUpperCase()}
    </span>
  );
}

interface ExcerptProps {
  verdict: string;
  reason: string;
  findings: readonly Finding[];
  inspected: number;
}

/** What an exchange was about, told without its text: records hold none. */
export function Excerpt({ verdict, reason, findings, inspected }: ExcerptProps) {
  const types = [...new Set(findings.map((finding) => finding.category))].slice(0, 4);
  if (types.length === 0) {
    return (
      <span className="text-ink-2">
        {reason ? words(reason) : `${inspected.toLocaleString("en-US")} characters inspected, nothing found`}
      </span>
    );
  }
  return (
    <span className="user-text">
      {verdict === "mask" ? "Replaced" : words(reason || "found")}{" "}
      {types.map((type) => (
        <span key={type}>
          <Mask type={type} />{" "}
        </span>
      ))}
      <span className="text-ink-3">in {findings[0]?.direction === "answer" ? "the answer" : "the prompt"}</span>
    </span>
  );
}
