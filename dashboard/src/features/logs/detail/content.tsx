import { EyeOff } from "lucide-react";
import type { Finding, Row } from "@/shared/api/records";
import { Code } from "@/shared/ui/copy";
import { Tabs } from "@/shared/ui/tabs";
import { Mask } from "@/shared/ui/verdict";

/** Where something was found. The text itself is not kept. */
export function Content({ record }: { record: Row }) {
  const prompt = record.findings.filter((finding) => finding.direction !== "answer");
  const answer = record.findings.filter((finding) => finding.direction === "answer");
  return (
    <section aria-label="Content">
      <h3 className="mb-1 font-semibold">Content</h3>
      <Tabs
        label="Content"
        tabs={[
          { id: "received", label: "Received", content: <Places findings={prompt} characters={record.request.characters} /> },
          { id: "answer", label: "Answered", content: <Places findings={answer} characters={record.answer.characters} /> },
          { id: "skipped", label: "Not inspected", content: <Skipped record={record} /> },
          { id: "json", label: "JSON", content: <Code text={JSON.stringify(record, null, 2)} /> },
        ]}
      />
    </section>
  );
}

function Places({ findings, characters }: { findings: readonly Finding[]; characters: number }) {
  return (
    <div className="space-y-2 rounded-lg bg-sunken p-3">
      <p className="flex items-center gap-2 text-small text-ink-2">
        <EyeOff aria-hidden className="size-3.5 shrink-0" />
        Content storage is off for this key: {characters.toLocaleString("en-US")} characters were inspected and none kept.
      </p>
      <ul className="space-y-1.5">
        {findings.map((finding, index) => (
          <li key={index} className="user-text font-mono text-small">
            <Mask type={finding.category} /> {finding.path || finding.provenance}{" "}
            <span className="text-ink-3">
              characters {finding.start} to {finding.end}, {finding.provenance}
              {finding.view !== "text" && finding.view !== "" && `, read as ${finding.view}`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Skipped({ record }: { record: Row }) {
  const left = [...Object.entries(record.request.skipped), ...Object.entries(record.answer.skipped)];
  if (left.length === 0) return <p className="text-ink-2">Everything that can hold text was inspected.</p>;
  return (
    <ul className="space-y-1 text-small">
      {left.map(([reason, number], index) => (
        <li key={index} className="user-text">
          <span className="font-mono">{number}</span> × {reason}
        </li>
      ))}
    </ul>
  );
}
