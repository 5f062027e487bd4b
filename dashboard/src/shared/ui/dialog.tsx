import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/shared/lib/cn";
import { buttonStyle } from "./button";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  note?: ReactNode;
  wide?: boolean;
  /** Keep it open on a click outside or Escape, for what would be lost. */
  sticky?: boolean;
  children: ReactNode;
}

export function Dialog({ open, onClose, title, note, wide = false, sticky = false, children }: DialogProps) {
  const keep = (event: Event) => {
    if (sticky) event.preventDefault();
  };
  return (
    <Radix.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(4_10_11/50%)]" />
        <Radix.Content
          onPointerDownOutside={keep}
          {...(note ? {} : { "aria-describedby": undefined })}
          className={cn(
            "fixed left-1/2 top-1/2 z-40 flex max-h-[92vh] w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-card border border-line bg-surface shadow-float",
            wide ? "max-w-2xl" : "max-w-lg",
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pb-2 pt-4">
            <div>
              <Radix.Title className="text-[15px] font-semibold leading-6">{title}</Radix.Title>
              {note && <Radix.Description className="text-ink-2">{note}</Radix.Description>}
            </div>
            <Radix.Close aria-label="Close" className={buttonStyle({ look: "icon" })}>
              <X aria-hidden />
            </Radix.Close>
          </header>
          <div className="overflow-y-auto px-5 pb-5 pt-1">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
