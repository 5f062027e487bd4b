import { AlertTriangle, Lock } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { ApiError } from "@/shared/api/client";
import { cn } from "@/shared/lib/cn";
import { Button } from "./button";

/** In the shape of what comes; shown only when it takes longer than a moment. */
export function Skeleton({ className }: { className?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return <div aria-hidden className={cn("rounded-control", late && "animate-pulse bg-sunken", className)} />;
}

export function Rows({ count = 6 }: { count?: number }) {
  return (
    <div role="status" aria-label="Loading" className="space-y-3 p-5">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className="h-7" />
      ))}
    </div>
  );
}

export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-5 py-12 text-center">
      <p className="text-[15px] font-medium">{title}</p>
      <div className="flex flex-col items-center gap-3 text-ink-2">{children}</div>
    </div>
  );
}

/** What failed, and how to go on. The rest of the page stays usable. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const forbidden = error instanceof ApiError && error.status === 403;
  const Icon = forbidden ? Lock : AlertTriangle;
  const text = error instanceof Error ? error.message : "Something went wrong.";
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 px-5 py-6">
      <Icon aria-hidden className="size-4 text-block-ink" />
      <p className="user-text min-w-0 flex-1">{text}</p>
      {retry && !forbidden && <Button onClick={retry}>Retry</Button>}
    </div>
  );
}

interface ShownProps<T> {
  query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The data of a query once it is there; until then its skeleton, or what went wrong. */
export function Shown<T>({ query, loading, children }: ShownProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return loading ?? <Rows />;
}
