import { Switch as Radix } from "radix-ui";

interface SwitchProps {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  note?: string;
}

export function Switch({ label, on, onChange, note }: SwitchProps) {
  return (
    <label className="flex items-start justify-between gap-4 py-1">
      <span>
        <span className="block font-medium">{label}</span>
        {note && <span className="block text-small text-ink-3">{note}</span>}
      </span>
      <Radix.Root
        checked={on}
        onCheckedChange={onChange}
        aria-label={label}
        className="relative h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-4 translate-x-1 rounded-full bg-ink-3 transition-transform data-[state=checked]:translate-x-[18px] data-[state=checked]:bg-on-accent" />
      </Radix.Root>
    </label>
  );
}
