import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["micro", "small", "body", "title", "metric"] }] } },
});

/** Class names joined; of two that set the same thing the later wins. */
export const cn = (...values: ClassValue[]) => merge(clsx(values));
