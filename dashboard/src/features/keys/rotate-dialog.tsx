import { useState } from "react";
import { nameOf, useRotateKey, type Key } from "@/shared/api/keys";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Segmented } from "@/shared/ui/segmented";
import { IssuedView } from "./issued-view";

const graces = [
  { value: "0", label: "At once" },
  { value: "1h", label: "1 hour" },
  { value: "24h", label: "24 hours" },
  { value: "168h", label: "7 days" },
] as const;

type Grace = (typeof graces)[number]["value"];

export function RotateDialog({ subject, onClose }: { subject: Key; onClose: () => void }) {
  const [grace, setGrace] = useState<Grace>("24h");
  const rotate = useRotateKey();
  const issued = rotate.data;
  return (
    <Dialog
      open
      wide={Boolean(issued)}
      sticky={Boolean(issued)}
      onClose={onClose}
      title={issued ? "The new key" : `Rotate ${nameOf(subject, subject.kid)}`}
      note={issued ? "Shown this once and stored nowhere. Copy it now." : "A new key takes over; the old one keeps working for a while."}
    >
      {issued ? (
        <IssuedView issued={issued} onDone={onClose} />
      ) : (
        <div className="space-y-4">
          <p className="font-medium">The old key stops working</p>
          <Segmented label="The old key stops working" value={grace} choices={graces} onChange={setGrace} />
          {rotate.error && <p role="alert" className="text-block-ink">{rotate.error.message}</p>}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabled={rotate.isPending} onClick={() => rotate.mutate({ kid: subject.kid, grace })}>
              Rotate key
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
