interface Span {
  start: number;
  end: number;
  category: string;
}

export interface Piece {
  text: string;
  category: string | undefined;
}

/** A text cut at the borders of spans. Offsets count code points, as the server does; spans that
 * overlap an earlier one lose the overlap. */
export function pieces(text: string, spans: readonly Span[]): Piece[] {
  const points = Array.from(text);
  const found: Piece[] = [];
  let at = 0;
  const add = (end: number, category: string | undefined) => {
    if (end > at) found.push({ text: points.slice(at, end).join(""), category });
    at = Math.max(at, end);
  };
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    if (span.end <= at) continue;
    add(Math.min(span.start, points.length), undefined);
    add(Math.min(span.end, points.length), span.category);
  }
  add(points.length, undefined);
  return found;
}
