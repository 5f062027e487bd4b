import { Dialog } from "@/shared/ui/dialog";
import { entries } from "./navigation";

const others: [string, string][] = [
  ["Ctrl K", "Command menu"],
  ["/", "Search"],
  ["?", "This list"],
  ["l", "Live on or off (Overview, Logs)"],
  ["j, k", "Next, previous log"],
  ["c", "Copy the request ID of the open log"],
  ["Esc", "Close"],
];

export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const goes = entries.filter((entry) => entry.keys).map((entry): [string, string] => [entry.keys ?? "", entry.label]);
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard" note="Single keys can be switched off in Settings.">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {[...goes, ...others].map(([keys, text]) => (
          <div key={text} className="contents">
            <dt className="font-mono text-small">{keys}</dt>
            <dd className="text-ink-2">{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
