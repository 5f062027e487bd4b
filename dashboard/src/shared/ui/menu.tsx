import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/shared/lib/cn";
import { buttonStyle } from "./button";

const panel =
  "z-50 max-h-80 min-w-44 overflow-y-auto rounded-lg border border-line bg-surface p-1 shadow-float text-body";
const item =
  "flex cursor-default items-center gap-2 rounded-control px-2 py-1.5 outline-none data-[highlighted]:bg-sunken data-[disabled]:opacity-50 [&_svg]:size-3.5";

export interface Choice {
  value: string;
  label: string;
}

interface ChooserProps {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  className?: string;
}

/** One of several, as a button that opens a list. */
export function Chooser({ label, value, choices, onChange, className }: ChooserProps) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={cn(buttonStyle(), "max-w-60", className)} aria-label={chosen && chosen.label !== label ? `${label}: ${chosen.label}` : label}>
        <span className="truncate user-text">{chosen?.label ?? label}</span>
        <ChevronDown aria-hidden className="text-ink-3" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="start" sideOffset={4} className={panel}>
          <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
            {choices.map((choice) => (
              <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={cn(item, "pr-7")}>
                <span className="size-3.5">
                  <DropdownMenu.ItemIndicator>
                    <Check aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                <span className="user-text">{choice.label}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export interface Action {
  label: string;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
}

export function ActionMenu({ label, trigger, actions }: { label: string; trigger: ReactNode; actions: Action[] }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger aria-label={label} className={buttonStyle({ look: "icon" })}>
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className={panel}>
          {actions.map((action) => (
            <DropdownMenu.Item
              key={action.label}
              disabled={action.disabled ?? false}
              onSelect={action.onSelect}
              className={cn(item, action.danger && "text-block-ink")}
            >
              {action.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
