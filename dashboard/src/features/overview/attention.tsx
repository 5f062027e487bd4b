import { Link } from "@tanstack/react-router";
import { CalendarClock, CircleCheck, ServerCrash, ShieldAlert, type LucideIcon } from "lucide-react";
import { nameOf, type Key } from "@/shared/api/keys";
import type { Overview } from "@/shared/api/overview";
import { count, percent } from "@/shared/lib/format";
import { relative } from "@/shared/lib/time";
import { Card } from "@/shared/ui/card";
import { EmptyState } from "@/shared/ui/states";

interface Concern {
  id: string;
  Icon: LucideIcon;
  soft: string;
  title: string;
  text: string;
  kid: string;
  verdict?: "block";
}

const week = 7 * 86_400;

function concerns(overview: Overview, keys: readonly Key[]): Concern[] {
  const found: Concern[] = [];
  const known = new Map(keys.map((key) => [key.kid, key]));
  for (const { kid, sums } of overview.keys) {
    const name = nameOf(known.get(kid), kid);
    if (sums.blocked >= 10 && sums.blocked >= sums.requests * 0.2) {
      found.push({
        id: `blocks ${kid}`,
        Icon: ShieldAlert,
        soft: "bg-block-soft text-block-ink",
        title: `Many blocks from ${name}`,
        text: `${count(sums.blocked)} of ${count(sums.requests)} requests were blocked in this range.`,
        kid,
        verdict: "block",
      });
    }
    if (sums.requests >= 20 && sums.failed >= sums.requests * 0.05) {
      found.push({
        id: `failed ${kid}`,
        Icon: ServerCrash,
        soft: "bg-flag-soft text-flag-ink",
        title: `Provider errors for ${name}`,
        text: `${percent(sums.failed / sums.requests)} of requests failed at the provider.`,
        kid,
      });
    }
  }
  const soon = Date.now() / 1000 + week;
  for (const key of keys.filter((one) => one.status === "active" && one.expires_at && one.expires_at < soon)) {
    found.push({
      id: `expiry ${key.kid}`,
      Icon: CalendarClock,
      soft: "bg-mask-soft text-mask-ink",
      title: `${nameOf(key, key.kid)} expires`,
      text: `The key stops working ${relative(key.expires_at ?? 0)}.`,
      kid: key.kid,
    });
  }
  return found;
}

export function Attention({ overview, keys }: { overview: Overview; keys: readonly Key[] }) {
  const open = concerns(overview, keys);
  return (
    <Card title="Needs attention" note={open.length === 0 ? "Nothing open" : `${open.length} open`}>
      {open.length === 0 && (
        <EmptyState title="All quiet">
          <CircleCheck aria-hidden className="size-5 text-allow-ink" />
          <p>Bursts of blocks, failing providers and expiring keys show up here.</p>
        </EmptyState>
      )}
      <ul className="divide-y divide-line">
        {open.slice(0, 5).map(({ id, Icon, soft, title, text, kid, verdict }) => (
          <li key={id} className="flex gap-3 py-3 first:pt-1">
            <span aria-hidden className={`grid size-7 shrink-0 place-items-center rounded-control ${soft}`}>
              <Icon className="size-4" />
            </span>
            <div className="min-w-0">
              <p className="user-text font-medium">{title}</p>
              <p className="text-small text-ink-2">{text}</p>
              <Link
                to="/logs"
                search={{ kid, ...(verdict && { verdict }) }}
                className="inline-flex min-h-6 items-center text-small text-accent hover:underline"
              >
                View these logs
              </Link>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
