import { cn } from "@/shared/lib/cn";

interface LivePillProps {
  on: boolean;
  open: boolean;
  onToggle: () => void;
}

/** Switches the live tail, and says whether it is connected. */
export function LivePill({ on, open, onToggle }: LivePillProps) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onToggle}
      className={cn(
        "inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-small font-medium",
        on ? "border-transparent bg-accent-soft text-accent" : "border-line-strong text-ink-2",
      )}
    >
      <span
        aria-hidden
        className={cn("size-1.5 rounded-full", on && open ? "animate-pulse bg-accent" : "bg-ink-3")}
      />
      {on ? (open ? "Live" : "Connecting") : "Live off"}
    </button>
  );
}
