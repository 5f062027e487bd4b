import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { buttonStyle } from "./button";

interface SheetProps {
  title: string;
  note: string;
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A panel at the right edge that leaves the page behind it usable. */
export function Sheet({ title, note, actions, onClose, children }: SheetProps) {
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Content
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed inset-y-0 right-0 z-30 flex w-full max-w-[600px] flex-col border-l border-line bg-surface shadow-float"
        >
          <header className="flex items-start justify-between gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0">
              <Radix.Title className="user-text truncate font-mono text-body font-semibold">{title}</Radix.Title>
              <Radix.Description className="tabular text-small text-ink-3">{note}</Radix.Description>
            </div>
            <div className="flex items-center gap-1">
              {actions}
              <Radix.Close aria-label="Close" className={buttonStyle({ look: "icon" })}>
                <X aria-hidden />
              </Radix.Close>
            </div>
          </header>
          <div className="flex-1 overflow-y-auto px-5 py-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
