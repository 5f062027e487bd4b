import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { documentQuery, useActivatePolicy, useRollBackPolicy, type Policy } from "@/shared/api/policies";
import { day } from "@/shared/lib/time";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { DataTable, type Column } from "@/shared/ui/data-table";
import { useTell } from "@/shared/ui/toast";
import { DiffDialog } from "./diff-dialog";
import type { Draft } from "./policies-page";

type Version = Policy["versions"][number];

interface PolicyCardProps {
  policy: Policy;
  onEdit: (draft: Draft) => void;
}

/** One policy with its versions; the newest is on top. */
export function PolicyCard({ policy, onEdit }: PolicyCardProps) {
  const [compared, setCompared] = useState<number>();
  const queries = useQueryClient();
  const activate = useActivatePolicy();
  const rollBack = useRollBackPolicy();
  const tell = useTell();
  const { name, active, previous, monitored } = policy;
  const failed = { onError: (error: Error) => tell(error.message) };

  async function edit(number: number) {
    const found = await queries.fetchQuery(documentQuery(name, number));
    onEdit({ title: `Draft of ${name}, from version ${number}`, document: found.document });
  }
  function hold(number: number) {
    activate.mutate({ name, number }, { ...failed, onSuccess: () => tell(`${name} version ${number} holds now`) });
  }

  const columns: Column<Version>[] = [
    { id: "number", header: "Version", cell: (one) => <span className="font-mono">v{one.number}</span> },
    { id: "state", header: "State", cell: (one) => (one.number === active ? "Enforce" : one.number === monitored ? "Monitor" : "") },
    { id: "author", header: "By", from: "sm", className: "user-text", cell: (one) => one.author },
    { id: "created", header: "Saved", from: "sm", className: "whitespace-nowrap", cell: (one) => day(one.created_at) },
    {
      id: "actions",
      header: "",
      end: true,
      cell: (one) => (
        <span className="inline-flex gap-1">
          {one.number > 1 && (
            <Button look="quiet" onClick={() => setCompared(one.number)}>
              Diff
            </Button>
          )}
          <Button look="quiet" onClick={() => void edit(one.number)}>
            Edit draft
          </Button>
          {one.number !== active && <Button onClick={() => hold(one.number)}>Publish</Button>}
        </span>
      ),
    },
  ];
  return (
    <Card
      title={name}
      note={policy.attached.length > 0 ? `Attached to ${policy.attached.join(", ")}` : "Attached to nothing"}
      bodyClass=""
      action={
        previous !== null && (
          <Button onClick={() => rollBack.mutate(name, { ...failed, onSuccess: () => tell(`${name} is rolled back to version ${previous}`) })}>
            Roll back to v{previous}
          </Button>
        )
      }
    >
      <DataTable
        label={`Versions of ${name}`}
        columns={columns}
        rows={[...policy.versions].sort((one, other) => other.number - one.number)}
        id={(one) => String(one.number)}
      />
      {compared !== undefined && <DiffDialog name={name} old={compared - 1} now={compared} onClose={() => setCompared(undefined)} />}
    </Card>
  );
}
