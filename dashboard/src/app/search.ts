// What addresses may say after the question mark. Anything else is left out.
import { ranges, type Range } from "@/shared/api/overview";
import type { Verdict } from "@/shared/api/records";

type Given = Record<string, unknown>;

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value.slice(0, 500) : undefined);
const time = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);
const verdicts: readonly string[] = ["allow", "flag", "mask", "block"];

/** Leaves out what is undefined, so that addresses stay short. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

export const rangeSearch = (search: Given) =>
  given({
    range: ranges.find((range: Range) => range === search["range"]),
    kid: text(search["kid"]),
  });

export const logSearch = (search: Given) =>
  given({
    verdict: verdicts.includes(search["verdict"] as string) ? (search["verdict"] as Verdict) : undefined,
    kid: text(search["kid"]),
    model: text(search["model"]),
    rule: text(search["rule"]),
    since: time(search["since"]),
    until: time(search["until"]),
  });

export const textSearch = (search: Given) => given({ surface: text(search["surface"]) });

export const doorSearch = (search: Given) =>
  given({
    next: text(search["next"]),
    create: search["create"] === true ? true : undefined,
  });
