import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import type { Overview } from "@/shared/api/overview";
import { count, words } from "@/shared/lib/format";
import { Card } from "@/shared/ui/card";
import { EmptyState } from "@/shared/ui/states";
import { ActionBadge } from "@/shared/ui/verdict";

const fills: Record<string, string> = { block: "var(--block)", mask: "var(--mask)", flag: "var(--flag)" };

export function RuleList({ overview, kid }: { overview: Overview; kid: string | undefined }) {
  const most = Math.max(1, ...overview.rules.map((rule) => rule.hits));
  return (
    <Card
      title="Policies"
      note="Rules that found something, and how often"
      action={
        <Link to="/policies" className="inline-flex min-h-6 shrink-0 items-center gap-1 text-small text-ink-2 hover:text-ink">
          Edit policy <ArrowRight aria-hidden className="size-3" />
        </Link>
      }
    >
      {overview.rules.length === 0 && <EmptyState title="No rule found anything">That is a quiet range, or an unused one.</EmptyState>}
      <ul className="divide-y divide-line">
        {overview.rules.slice(0, 7).map(({ rule, action, hits }) => (
          <li key={`${rule} ${action}`} className="py-2.5 first:pt-1">
            <Link
              to="/logs"
              search={{ rule, since: overview.start, ...(kid && { kid }) }}
              className="grid grid-cols-[1fr_auto_56px] items-center gap-3 rounded-control"
            >
              <span className="min-w-0">
                <span className="user-text block truncate">{words(rule)}</span>
                <span aria-hidden className="mt-1 block h-[3px] rounded-full bg-sunken">
                  <span
                    className="block h-full rounded-full"
                    style={{ width: `${(100 * hits) / most}%`, background: fills[action] ?? "var(--ink-3)" }}
                  />
                </span>
              </span>
              <ActionBadge action={action} />
              <span className="text-end tabular">{count(hits)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
