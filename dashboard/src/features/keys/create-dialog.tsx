import { useState } from "react";
import type { IssuedKey } from "@/shared/api/keys";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { CreateForm } from "./create-form";
import { IssuedView } from "./issued-view";

/** Two steps: where the key leads, then the key itself, this once. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedKey>();
  const [leaving, setLeaving] = useState(false);
  const close = () => (issued ? setLeaving(true) : onClose());
  return (
    <Dialog
      open
      wide
      sticky={Boolean(issued)}
      onClose={close}
      title={issued ? "Your gateway key" : "Create API key"}
      note={issued ? "Shown this once and stored nowhere. Copy it now." : "Connect a provider and get a gateway key."}
    >
      {issued ? <IssuedView issued={issued} onDone={close} /> : <CreateForm onIssued={setIssued} onCancel={onClose} />}
      <Dialog open={leaving} onClose={() => setLeaving(false)} title="Have you saved the key?" note="It cannot be shown again. A lost key can be rotated.">
        <div className="flex justify-end gap-2">
          <Button onClick={() => setLeaving(false)}>Go back</Button>
          <Button look="primary" onClick={onClose}>
            I have saved it
          </Button>
        </div>
      </Dialog>
    </Dialog>
  );
}
