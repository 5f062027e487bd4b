import { Link } from "@tanstack/react-router";
import { MoreHorizontal } from "lucide-react";
import { nameOf, useUpdateKey, type Key } from "@/shared/api/keys";
import type { Sums } from "@/shared/api/overview";
import { cn } from "@/shared/lib/cn";
import { dollars, shortCount } from "@/shared/lib/format";
import { day, full, relative } from "@/shared/lib/time";
import { DataTable, type Column } from "@/shared/ui/data-table";
import { ActionMenu } from "@/shared/ui/menu";
import { useTell } from "@/shared/ui/toast";

type Ask = (what: "rotate" | "revoke", key: Key) => void;

interface KeyTableProps {
  keys: readonly Key[];
  sums: ReadonlyMap<string, Sums>;
  onAsk: Ask;
}

export function KeyTable({ keys, sums, onAsk }: KeyTableProps) {
  const columns: Column<Key>[] = [
    { id: "name", header: "Name", cell: (key) => <Name subject={key} /> },
    { id: "status", header: "Status", cell: (key) => <Status subject={key} /> },
    {
      id: "model",
      header: "Leads to",
      from: "sm",
      className: "user-text max-w-56",
      cell: (key) =>
        key.model ? (
          <>
            <span className="block truncate font-mono text-small">{key.model}</span>
            <span className="block truncate text-small text-ink-3">{key.provider}</span>
          </>
        ) : (
          <span className="text-ink-3">nothing yet</span>
        ),
    },
    { id: "requests", header: "Requests, 30 d", from: "md", end: true, cell: (key) => shortCount(sums.get(key.kid)?.requests ?? 0) },
    { id: "spend", header: "Spend, 30 d", from: "lg", end: true, cell: (key) => dollars(sums.get(key.kid)?.cost_usd ?? 0) },
    { id: "used", header: "Last used", from: "lg", className: "whitespace-nowrap", cell: (key) => <When time={sums.get(key.kid)?.last_time} none="not in 30 d" /> },
    { id: "expires", header: "Expires", from: "xl", className: "whitespace-nowrap", cell: (key) => (key.expires_at ? <span title={full(key.expires_at)}>{day(key.expires_at)}</span> : "Never") },
    { id: "actions", header: "", end: true, cell: (key) => <Actions subject={key} onAsk={onAsk} /> },
  ];
  return <DataTable label="API keys" columns={columns} rows={keys} id={(key) => key.kid} />;
}

function Name({ subject }: { subject: Key }) {
  return (
    <Link to="/logs" search={{ kid: subject.kid }} className="block max-w-64">
      <span className="user-text block truncate font-medium">{nameOf(subject, "Unnamed")}</span>
      <span className="block truncate font-mono text-small text-ink-3">
        {subject.kid} …{subject.last4}
      </span>
    </Link>
  );
}

function Status({ subject: { status, usable, previous_until: until } }: { subject: Key }) {
  const word = status === "active" ? (usable ? "Active" : "Not usable") : status === "disabled" ? "Disabled" : "Revoked";
  return (
    <span className="whitespace-nowrap">
      <span aria-hidden className={cn("mr-1.5 inline-block size-1.5 rounded-full", usable ? "bg-accent" : "bg-ink-3")} />
      {word}
      {until && <span className="block text-small text-mask-ink">old key stops {relative(until)}</span>}
    </span>
  );
}

function When({ time, none }: { time: number | undefined; none: string }) {
  return time ? <span title={full(time)}>{relative(time)}</span> : <span className="text-ink-3">{none}</span>;
}

function Actions({ subject, onAsk }: { subject: Key; onAsk: Ask }) {
  const update = useUpdateKey();
  const tell = useTell();
  if (subject.status === "revoked") return null;
  const next = subject.status === "active" ? "disabled" : "active";
  const turn = (status: "active" | "disabled", undo?: () => void) =>
    update.mutate(
      { kid: subject.kid, status },
      {
        onSuccess: () => tell(status === "active" ? "Key enabled" : "Key disabled", undo),
        onError: (error) => tell(error.message),
      },
    );
  return (
    <ActionMenu
      label={`Actions for ${nameOf(subject, subject.kid)}`}
      trigger={<MoreHorizontal aria-hidden />}
      actions={[
        { label: "Rotate", onSelect: () => onAsk("rotate", subject) },
        { label: next === "active" ? "Enable" : "Disable", onSelect: () => turn(next, () => turn(subject.status as "active")) },
        { label: "Revoke", danger: true, onSelect: () => onAsk("revoke", subject) },
      ]}
    />
  );
}
