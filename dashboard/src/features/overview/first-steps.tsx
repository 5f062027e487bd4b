import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, Circle } from "lucide-react";
import { useState } from "react";
import type { Key } from "@/shared/api/keys";
import { useLive } from "@/shared/api/live";
import type { Row } from "@/shared/api/records";
import { gatewayUrl } from "@/shared/lib/base";
import { Card } from "@/shared/ui/card";
import { Code, CopyButton } from "@/shared/ui/copy";
import { buttonStyle } from "@/shared/ui/button";
import { VerdictBadge } from "@/shared/ui/verdict";

function request(model: string) {
  return `curl ${gatewayUrl}/v1/chat/completions \\
  -H "Authorization: Bearer $GATEWAY_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`;
}

/** What a newcomer does next. Goes away with the first request. */
export function FirstSteps({ keys }: { keys: readonly Key[] }) {
  const [first, setFirst] = useState<Row>();
  const queries = useQueryClient();
  useLive(!first, {}, (record) => {
    setFirst(record);
    setTimeout(() => void queries.invalidateQueries({ queryKey: ["overview"] }), 4000);
  });
  const usable = keys.find((key) => key.usable);
  const snippet = request(usable?.model ?? "demo-simulated");
  return (
    <Card title="First steps" note="From nothing to an inspected answer">
      <ol className="grid gap-4 md:grid-cols-2">
        <li className="space-y-2">
          <Step done={Boolean(usable)} text="Connect a provider and get a gateway key" />
          <Link to="/keys" search={{ create: true }} className={buttonStyle({ look: "primary" })}>
            Create API key
          </Link>
          <p className="text-small text-ink-3">
            The demo provider is a simulation and needs no account; its key was printed when the gateway started.
          </p>
        </li>
        <li className="space-y-2">
          <Step done={Boolean(first)} text="Send the first request" />
          <Code text={snippet} />
          <div className="flex items-center gap-3">
            <CopyButton text={snippet} label="Copy curl" />
            <span role="status" className="flex items-center gap-2 text-ink-2">
              {first ? (
                <>
                  <VerdictBadge verdict={first.verdict} /> The first request arrived
                </>
              ) : (
                <>
                  <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-accent" />
                  Waiting for the first request
                </>
              )}
            </span>
          </div>
        </li>
      </ol>
    </Card>
  );
}

function Step({ done, text }: { done: boolean; text: string }) {
  const Icon = done ? Check : Circle;
  return (
    <p className="flex items-center gap-2 font-medium">
      <Icon aria-hidden className={done ? "size-4 text-allow-ink" : "size-4 text-ink-3"} />
      {text}
      <span className="sr-only">{done ? "(done)" : "(open)"}</span>
    </p>
  );
}
