import { useState } from "react";
import { nameOf, useRevokeKey, type Key } from "@/shared/api/keys";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { TextField } from "@/shared/ui/field";
import { useTell } from "@/shared/ui/toast";

interface RevokeDialogProps {
  subject: Key;
  used: boolean;
  onClose: () => void;
}

/** Ends a key for good. A key in use has to be typed out first. */
export function RevokeDialog({ subject, used, onClose }: RevokeDialogProps) {
  const [typed, setTyped] = useState("");
  const revoke = useRevokeKey();
  const tell = useTell();
  const word = nameOf(subject, subject.kid);
  return (
    <Dialog open onClose={onClose} title={`Revoke ${word}`} note="Requests with this key are refused at once, and its provider key is erased. Records stay.">
      <div className="space-y-4">
        {used && (
          <TextField label={`This key is in use. Type ${word} to revoke it.`} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        )}
        {revoke.error && <p role="alert" className="text-block-ink">{revoke.error.message}</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="danger"
            disabled={revoke.isPending || (used && typed !== word)}
            onClick={() =>
              revoke.mutate(subject.kid, {
                onSuccess: () => {
                  tell(`${word} is revoked`);
                  onClose();
                },
              })
            }
          >
            Revoke key
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
