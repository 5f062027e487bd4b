import { scaleLinear } from "d3-scale";
import type { Sums } from "@/shared/api/overview";

export const kinds = [
  { key: "blocked", label: "Blocked", fill: "var(--block)" },
  { key: "masked", label: "Masked", fill: "var(--mask)" },
  { key: "flagged", label: "Flagged", fill: "var(--flag)" },
] as const;

export const chart = { height: 240, bars: 168, strip: 52, gap: 12, left: 44, right: 6, top: 8 };

interface Segment {
  y: number;
  height: number;
  fill: string;
}

/** Blocked at the bottom, then masked, then flagged. */
export function segments(sums: Sums, y: (value: number) => number): Segment[] {
  let below = 0;
  return kinds.map(({ key, fill }) => {
    const from = below;
    below += sums[key];
    return { y: y(below), height: Math.max(0, y(from) - y(below)), fill };
  });
}

const interventions = (sums: Sums) => sums.blocked + sums.masked + sums.flagged;

export function scales(series: readonly Sums[], width: number) {
  const inner = Math.max(10, width - chart.left - chart.right);
  const bars = scaleLinear([0, Math.max(4, ...series.map(interventions))], [chart.top + chart.bars, chart.top]).nice(4);
  const bottom = chart.height - 2;
  const strip = scaleLinear([0, Math.max(1, ...series.map((sums) => sums.requests))], [bottom, bottom - chart.strip]);
  const step = inner / Math.max(1, series.length);
  return { bars, strip, step, x: (index: number) => chart.left + index * step };
}
