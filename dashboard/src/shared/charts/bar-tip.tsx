import type { Sums } from "@/shared/api/overview";
import { count } from "@/shared/lib/format";
import { clock } from "@/shared/lib/time";
import { kinds } from "./bars";

interface BarTipProps {
  sums: Sums;
  step: number;
  x: number;
  pitch: number;
  width: number;
}

const tipWidth = 168;

/** Beside the bar, never on it. */
export function BarTip({ sums, step, x, pitch, width }: BarTipProps) {
  const fits = x + pitch + 8 + tipWidth < width;
  return (
    <div
      role="status"
      className="pointer-events-none absolute top-6 z-10 rounded-lg border border-line bg-surface p-3 text-small shadow-float"
      style={{ width: tipWidth, left: fits ? x + pitch + 8 : x - tipWidth - 8 }}
    >
      <p className="mb-1.5 font-medium">
        {clock(sums.start, false)} to {clock(sums.start + step, false)} UTC
      </p>
      {kinds.map(({ key, label, fill }) => (
        <p key={key} className="flex items-center gap-2 leading-5 text-ink-2">
          <span aria-hidden className="size-2 rounded-[2px]" style={{ background: fill }} />
          {label}
          <span className="ml-auto tabular text-ink">{count(sums[key])}</span>
        </p>
      ))}
      <p className="mt-1.5 flex justify-between border-t border-line pt-1.5 text-ink-2">
        All requests <span className="tabular text-ink">{count(sums.requests)}</span>
      </p>
    </div>
  );
}
