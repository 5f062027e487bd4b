import type { ReactNode } from "react";
import { gatewayUrl } from "@/shared/lib/base";
import { Mark } from "@/shared/ui/mark";

interface FrameProps {
  title: string;
  note: string;
  children: ReactNode;
}

export function Frame({ title, note, children }: FrameProps) {
  return (
    <main className="flex min-h-screen flex-col items-center justify-center gap-6 p-4">
      <a href={`${gatewayUrl}/`} className="flex items-center gap-2.5 text-[15px] font-semibold">
        <Mark className="size-7" /> Security Gateway
      </a>
      <div className="w-full max-w-sm rounded-card border border-line bg-surface p-6 shadow-card">
        <h1 className="text-title font-semibold tracking-[-0.02em]">{title}</h1>
        <p className="mb-5 text-ink-2">{note}</p>
        {children}
      </div>
    </main>
  );
}
