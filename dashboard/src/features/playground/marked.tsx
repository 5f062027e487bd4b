import { pieces } from "./spans";

const longest = 20_000;

interface MarkedProps {
  text: string;
  spans: readonly { start: number; end: number; category: string }[];
}

/** The judged text with what was found marked in it. Text nodes only. */
export function Marked({ text, spans }: MarkedProps) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="The judged text"
      className="user-text max-h-72 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-3 font-mono text-small"
    >
      {pieces(text.slice(0, longest), spans).map((piece, index) =>
        piece.category ? (
          <mark key={index} title={piece.category} className="rounded-[3px] bg-block-soft px-0.5 text-block-ink">
            {piece.text}
          </mark>
        ) : (
          <span key={index}>{piece.text}</span>
        ),
      )}
      {text.length > longest && <p className="text-ink-3">Shown up to {longest.toLocaleString("en-US")} characters.</p>}
    </div>
  );
}
