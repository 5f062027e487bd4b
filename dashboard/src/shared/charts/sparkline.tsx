import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";

interface SparklineProps {
  values: readonly number[];
  colour: string;
}

const width = 180;
const height = 24;

/** The course of a number without scales; what it says stands beside it in words. */
export function Sparkline({ values, colour }: SparklineProps) {
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [1, width - 1]);
  const y = scaleLinear([0, Math.max(1e-9, ...values)], [height - 2, 2]);
  const points = [...values];
  const place = (_: number, index: number) => x(index);
  const outline = line(place, (value: number) => y(value))(points) ?? "";
  const filled = area(place, height, (value: number) => y(value))(points) ?? "";
  return (
    <svg aria-hidden viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className="h-6 w-full">
      <path d={filled} fill={colour} opacity="0.1" />
      <path d={outline} fill="none" stroke={colour} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
