import { useState } from "react";
import { useScan, type Surface } from "@/shared/api/scan";
import { Button } from "@/shared/ui/button";
import { Card, PageHeader } from "@/shared/ui/card";
import { Field, inputStyle } from "@/shared/ui/field";
import { Chooser } from "@/shared/ui/menu";
import { EmptyState, ErrorState } from "@/shared/ui/states";
import { examples } from "./examples";
import { Judged } from "./judged";

const surfaces: { value: Surface; label: string }[] = [
  { value: "user", label: "Typed by a user" },
  { value: "tool_result", label: "Returned by a tool" },
  { value: "document", label: "In a document" },
  { value: "tool_definition", label: "In a tool's description" },
  { value: "system", label: "In the system prompt" },
  { value: "output", label: "In an answer" },
];

export function PlaygroundPage() {
  const [text, setText] = useState("");
  const [surface, setSurface] = useState<Surface>("user");
  const [judged, setJudged] = useState("");
  const scan = useScan();

  function run() {
    scan.mutate({ text, surface }, { onSuccess: () => setJudged(text) });
  }
  return (
    <>
      <PageHeader title="Playground" note="How a text would be judged. Nothing is sent to a provider and nothing is recorded." />
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title="Text">
          <div className="space-y-3">
            <Field label="Text to judge" hint="Ctrl Enter runs it.">
              {(wiring) => (
                <textarea
                  {...wiring}
                  value={text}
                  rows={10}
                  spellCheck={false}
                  maxLength={1_000_000}
                  onChange={(event) => setText(event.target.value)}
                  onKeyDown={(event) => {
                    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text) run();
                  }}
                  className={`${inputStyle} user-text h-auto py-2 font-mono text-small`}
                />
              )}
            </Field>
            <div className="flex flex-wrap items-center gap-2">
              <Chooser label="Where it stands" value={surface} choices={surfaces} onChange={(value) => setSurface(value as Surface)} />
              <Button look="primary" disabled={!text || scan.isPending} onClick={run}>
                {scan.isPending ? "Judging" : "Run"}
              </Button>
            </div>
            <div>
              <p className="mb-1 text-small text-ink-3">Examples</p>
              <div className="flex flex-wrap gap-1.5">
                {examples.map((example) => (
                  <Button
                    key={example.name}
                    className="h-7 px-2 text-small font-normal"
                    onClick={() => {
                      setText(example.text);
                      setSurface(example.surface);
                    }}
                  >
                    {example.name}
                  </Button>
                ))}
              </div>
            </div>
          </div>
        </Card>
        <Card title="Verdict">
          <div aria-live="polite">
            {scan.error && <ErrorState error={scan.error} retry={run} />}
            {scan.data && <Judged scan={scan.data} text={judged} />}
            {!scan.data && !scan.error && (
              <EmptyState title="Nothing judged yet">
                <p>Write a text, choose where it would stand in a request, and run it.</p>
              </EmptyState>
            )}
          </div>
        </Card>
      </div>
    </>
  );
}
