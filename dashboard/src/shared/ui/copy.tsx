import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";
import { Tabs } from "./tabs";

export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  }
  return (
    <Button onClick={() => void copy()}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{copied ? "Copied" : label}</span>
    </Button>
  );
}

export function Code({ text }: { text: string }) {
  return (
    <pre
      tabIndex={0}
      className="user-text max-h-80 overflow-auto whitespace-pre-wrap rounded-lg border border-line bg-sunken p-3 font-mono text-small"
    >
      {text}
    </pre>
  );
}

/** The same in several languages, each with its copy button. */
export function CodeTabs({ label, snippets }: { label: string; snippets: readonly { name: string; text: string }[] }) {
  const tabs = snippets.map(({ name, text }) => ({
    id: name,
    label: name,
    content: (
      <div className="space-y-2">
        <Code text={text} />
        <CopyButton text={text} label={`Copy ${name}`} />
      </div>
    ),
  }));
  return <Tabs label={label} tabs={tabs} />;
}

/** A secret shown this once. Selecting it needs no precision. */
export function SecretReveal({ secret, label }: { secret: string; label: string }) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-2 rounded-lg border border-mask bg-mask-soft p-2.5">
      <code className="user-text min-w-0 flex-1 select-all font-mono text-small text-mask-ink">
        {secret}
      </code>
      <CopyButton text={secret} label="Copy key" />
    </div>
  );
}
