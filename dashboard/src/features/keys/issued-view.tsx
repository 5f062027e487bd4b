import type { IssuedKey } from "@/shared/api/keys";
import { Button } from "@/shared/ui/button";
import { CodeTabs, CopyButton, SecretReveal } from "@/shared/ui/copy";
import { snippets } from "./snippets";

/** The key, this once, with something to paste. */
export function IssuedView({ issued, onDone }: { issued: IssuedKey; onDone: () => void }) {
  const line = `GATEWAY_KEY=${issued.gateway_key}`;
  return (
    <div className="space-y-4">
      <SecretReveal secret={issued.gateway_key} label="Gateway key" />
      <CopyButton text={line} label="Copy .env line" />
      <CodeTabs label="How to use it" snippets={snippets(issued.gateway_key, issued.model ?? "")} />
      <div className="flex justify-end">
        <Button look="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
