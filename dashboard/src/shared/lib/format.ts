const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

export const count = (value: number) => whole.format(value);
export const shortCount = (value: number) => (value < 10_000 ? whole.format(value) : compact.format(value));

/** Dollars; small amounts keep the digits that matter. */
export function dollars(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.01) return `$${value.toPrecision(2)}`;
  return `$${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** Milliseconds, with a decimal only where it says something. */
export function milliseconds(value: number): string {
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

export const percent = (share: number) =>
  `${(share * 100).toLocaleString("en-US", { maximumSignificantDigits: 3 })}%`;

/** How a number changed against the time before; undefined when there is nothing to compare with. */
export function change(now: number, before: number): number | undefined {
  return before === 0 ? undefined : (now - before) / before;
}

/** `prompt-injection` as `Prompt injection`. */
export function words(id: string): string {
  const text = id.replace(/[-_.]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
