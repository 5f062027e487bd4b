import type { ReactNode } from "react";
import { cn } from "@/shared/lib/cn";

interface CardProps {
  title?: string;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
  bodyClass?: string;
}

export function Card({ title, note, action, children, className, bodyClass = "px-5 pb-5" }: CardProps) {
  return (
    <section className={cn("rounded-card border border-line bg-surface shadow-card", className)}>
      {title && (
        <header className="flex items-start justify-between gap-4 px-5 pb-3 pt-4">
          <div className="min-w-0">
            <h2 className="text-body font-semibold">{title}</h2>
            {note && <p className="text-small text-ink-3">{note}</p>}
          </div>
          {action}
        </header>
      )}
      <div className={bodyClass}>{children}</div>
    </section>
  );
}

interface HeaderProps {
  title: string;
  note?: ReactNode;
  children?: ReactNode;
}

export function PageHeader({ title, note, children }: HeaderProps) {
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div>
        <h1 className="text-title font-semibold tracking-[-0.02em]">{title}</h1>
        {note && <p className="text-ink-2">{note}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2.5">{children}</div>}
    </div>
  );
}
