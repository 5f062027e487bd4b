import { area, line } from "d3-shape";
import { useState, type KeyboardEvent } from "react";
import type { Sums } from "@/shared/api/overview";
import { count } from "@/shared/lib/format";
import { clock, day } from "@/shared/lib/time";
import { chart, kinds, scales, segments } from "./bars";
import { BarTip } from "./bar-tip";
import { useWidth } from "./use-width";

interface Marker {
  time: number;
  label: string;
}

interface StackedBarsProps {
  title: string;
  series: readonly Sums[];
  step: number;
  markers: readonly Marker[];
  onSelect: (sums: Sums) => void;
}

/** Interventions stacked, all requests as a strip of their own below, so that rare events stay readable. */
export function StackedBars({ title, series, step, markers, onSelect }: StackedBarsProps) {
  const [width, ref] = useWidth();
  const [active, setActive] = useState<number>();
  const { bars, strip, step: pitch, x } = scales(series, width);
  const start = series[0]?.start ?? 0;
  const chosen = active === undefined ? undefined : series[active];
  const middle = (_: Sums, index: number) => x(index) + pitch / 2;
  const points = [...series];
  const label = (time: number) => (step < 14_400 ? clock(time, false) : day(time).slice(0, -5));
  const every = Math.max(1, Math.ceil(series.length / Math.max(2, Math.floor(width / 90))));

  function move(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) setActive(Math.min(series.length - 1, Math.max(0, (active ?? series.length) + by)));
    else if (event.key === "Enter" && chosen) onSelect(chosen);
    else if (event.key === "Escape") setActive(undefined);
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={ref}
      role="group"
      aria-label={`${title}. Arrow keys choose a bar, Enter shows its logs.`}
      tabIndex={0}
      onKeyDown={move}
      onBlur={() => setActive(undefined)}
      onPointerLeave={() => setActive(undefined)}
      className="relative rounded-control"
    >
      <svg role="img" aria-label={title} width={width} height={chart.height + 20} className="block">
        {bars.ticks(4).map((tick) => (
          <g key={tick}>
            <line x1={chart.left} x2={width - chart.right} y1={bars(tick)} y2={bars(tick)} stroke="var(--line)" />
            <text x={chart.left - 8} y={bars(tick) + 4} textAnchor="end" className="tabular fill-ink-3 text-micro">
              {count(tick)}
            </text>
          </g>
        ))}
        <path d={area(middle, chart.height - 2, (sums: Sums) => strip(sums.requests))(points) ?? ""} fill="var(--allow)" opacity="0.35" />
        <path d={line(middle, (sums: Sums) => strip(sums.requests))(points) ?? ""} fill="none" stroke="var(--accent)" strokeWidth="1.25" />
        {series.map((sums, index) => (
          <g key={sums.start}>
            {segments(sums, bars).map((part) => (
              <rect key={part.fill} x={x(index) + 1} width={Math.max(1, pitch - 2)} y={part.y} height={Math.max(0, part.height - 0.75)} fill={part.fill} />
            ))}
            <rect
              x={x(index)}
              width={pitch}
              y={chart.top}
              height={chart.height - chart.top}
              fill="var(--ink)"
              opacity={index === active ? 0.07 : 0}
              className="cursor-pointer"
              onPointerEnter={() => setActive(index)}
              onClick={() => onSelect(sums)}
            />
            {index % every === 0 && (
              <text x={x(index)} y={chart.height + 14} className="tabular fill-ink-3 text-micro">
                {label(sums.start)}
              </text>
            )}
          </g>
        ))}
        {markers.map((marker) => {
          const at = x((marker.time - start) / step);
          return (
            <g key={marker.time} pointerEvents="none">
              <line x1={at} x2={at} y1={chart.top} y2={chart.height} stroke="var(--ink)" strokeDasharray="3 3" />
              <text x={at + 4} y={chart.top + 8} className="fill-ink text-micro">
                {marker.label}
              </text>
            </g>
          );
        })}
      </svg>
      {chosen && active !== undefined && <BarTip sums={chosen} step={step} x={x(active)} pitch={pitch} width={width} />}
    </div>
  );
}

/** The same numbers for reading one by one. */
export function BarsTable({ series, step }: { series: readonly Sums[]; step: number }) {
  return (
    <div className="max-h-72 overflow-y-auto" tabIndex={0} role="region" aria-label="Numbers of the chart">
      <table className="w-full text-small tabular">
        <thead className="sticky top-0 bg-surface text-ink-3">
          <tr>
            <th scope="col">From (UTC)</th>
            {[...kinds.map((kind) => kind.label), "All requests"].map((name) => (
              <th key={name} scope="col" className="text-end">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {series.map((sums) => (
            <tr key={sums.start} className="border-t border-line">
              <td className="py-1">{step < 14_400 ? clock(sums.start, false) : `${day(sums.start)} ${clock(sums.start, false)}`}</td>
              {[...kinds.map((kind) => sums[kind.key]), sums.requests].map((value, index) => (
                <td key={index} className="text-end">
                  {count(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
