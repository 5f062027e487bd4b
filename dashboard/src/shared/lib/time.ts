// Times are Unix seconds, shown in UTC; the full local time is in the title.
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");
const at = (seconds: number) => new Date(seconds * 1000);

export function clock(seconds: number, withSeconds = true): string {
  const date = at(seconds);
  const text = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return withSeconds ? `${text}:${two(date.getUTCSeconds())}` : text;
}

export function day(seconds: number): string {
  const date = at(seconds);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export const dayAndClock = (seconds: number) => `${day(seconds)}, ${clock(seconds, false)}`;
export const full = (seconds: number) =>
  `${day(seconds)} ${clock(seconds)} UTC (${at(seconds).toLocaleString()} local)`;

const isToday = (seconds: number) => day(seconds) === day(Date.now() / 1000);
/** Time alone for today, with the day before it otherwise. */
export const recent = (seconds: number) =>
  isToday(seconds) ? clock(seconds) : `${day(seconds).slice(0, -5)} ${clock(seconds, false)}`;

/** `in 3 h`, `5 min ago`. */
export function relative(seconds: number, now = Date.now() / 1000): string {
  const distance = Math.abs(seconds - now);
  const [size, unit] =
    distance < 90 ? [1, "s"] : distance < 5400 ? [60, "min"] : distance < 129_600 ? [3600, "h"] : [86_400, "d"];
  const text = `${Math.round(distance / size)} ${unit}`;
  return seconds > now ? `in ${text}` : `${text} ago`;
}
