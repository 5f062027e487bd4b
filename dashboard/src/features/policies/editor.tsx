import { useState } from "react";
import { useReplayPolicy, useSavePolicy, useTestPolicy } from "@/shared/api/policies";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { Field, inputStyle } from "@/shared/ui/field";
import { useTell } from "@/shared/ui/toast";
import type { Draft } from "./policies-page";
import { ReplayView, TestView } from "./results";

interface EditorProps {
  draft: Draft;
  onClose: () => void;
}

/** A draft: tried on its own examples and on past requests before it is saved. */
export function Editor({ draft, onClose }: EditorProps) {
  const [text, setText] = useState(draft.document);
  const test = useTestPolicy();
  const replay = useReplayPolicy();
  const save = useSavePolicy();
  const tell = useTell();
  const busy = test.isPending || replay.isPending || save.isPending;
  const error = test.error ?? replay.error ?? save.error;

  function again(run: () => void) {
    for (const one of [test, replay, save]) one.reset();
    run();
  }
  return (
    <Card title={draft.title} note="Saved versions never change. A version holds once it is published." className="mb-5">
      <div className="space-y-3">
        <Field label="Policy document (YAML)">
          {(wiring) => (
            <textarea
              {...wiring}
              value={text}
              rows={18}
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
              className={`${inputStyle} user-text h-auto py-2 font-mono text-small`}
            />
          )}
        </Field>
        {error && (
          <p role="alert" className="user-text whitespace-pre-wrap text-block-ink">
            {error.message}
          </p>
        )}
        {test.data && <TestView result={test.data} />}
        {replay.data && <ReplayView replay={replay.data} />}
        <div className="flex flex-wrap gap-2">
          <Button disabled={busy} onClick={() => again(() => test.mutate(text))}>
            Run examples
          </Button>
          <Button disabled={busy} onClick={() => again(() => replay.mutate(text))}>
            Replay the last 1,000 requests
          </Button>
          <span className="flex-1" />
          <Button onClick={onClose}>Discard</Button>
          <Button
            look="primary"
            disabled={busy}
            onClick={() =>
              again(() =>
                save.mutate(text, {
                  onSuccess: ({ name, number }) => {
                    tell(`${name} version ${number} is saved`);
                    onClose();
                  },
                }),
              )
            }
          >
            Save version
          </Button>
        </div>
      </div>
    </Card>
  );
}
