import type { Filters, Verdict } from "@/shared/api/records";

const verdicts: Record<string, Verdict> = {
  allow: "allow",
  allowed: "allow",
  flag: "flag",
  flagged: "flag",
  mask: "mask",
  masked: "mask",
  block: "block",
  blocked: "block",
};

export const terms = [
  "verdict:block",
  "verdict:mask",
  "verdict:flag",
  "verdict:allow",
  "rule:",
  "model:",
  "key:",
];

interface Parsed {
  filters: Filters;
  id?: string;
  problem: string;
}

/** Reads `name:value` words and request IDs; what it does not know it says. */
export function parsed(text: string): Parsed {
  const filters: Filters = {};
  for (const word of text.trim().split(/\s+/).filter(Boolean)) {
    if (/^req_[0-9a-z]+$/.test(word)) return { filters: {}, id: word, problem: "" };
    const [name = "", ...rest] = word.split(":");
    const value = rest.join(":");
    if (name === "verdict" && verdicts[value]) filters.verdict = verdicts[value];
    else if (name === "rule" && value) filters.rule = value;
    else if (name === "model" && value) filters.model = value;
    else if (name === "key" && value) filters.kid = value;
    else return { filters: {}, problem: "Use verdict:, rule:, model:, key: or a request ID." };
  }
  return { filters, problem: "" };
}
