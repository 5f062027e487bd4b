import { useQuery } from "@tanstack/react-query";
import { diffQuery } from "@/shared/api/policies";
import { cn } from "@/shared/lib/cn";
import { Dialog } from "@/shared/ui/dialog";
import { Shown } from "@/shared/ui/states";

interface DiffDialogProps {
  name: string;
  old: number;
  now: number;
  onClose: () => void;
}

const colour = (line: string) =>
  line.startsWith("+") ? "bg-allow-soft text-allow-ink" : line.startsWith("-") ? "bg-block-soft text-block-ink" : "";

export function DiffDialog({ name, old, now, onClose }: DiffDialogProps) {
  const query = useQuery(diffQuery(name, old, now));
  return (
    <Dialog open wide onClose={onClose} title={`${name}: version ${old} and ${now}`}>
      <Shown query={query}>
        {({ diff }) => (
          <pre tabIndex={0} className="user-text max-h-[60vh] overflow-auto rounded-lg bg-sunken p-3 font-mono text-small">
            {diff.split("\n").map((line, index) => (
              <span key={index} className={cn("block min-h-4", colour(line))}>
                {line}
              </span>
            ))}
          </pre>
        )}
      </Shown>
    </Dialog>
  );
}
