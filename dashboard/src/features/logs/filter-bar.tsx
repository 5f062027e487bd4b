import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { keysQuery, nameOf } from "@/shared/api/keys";
import { facetsQuery, type Filters, type Verdict } from "@/shared/api/records";
import { dayAndClock } from "@/shared/lib/time";
import { words } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { Chooser, type Choice } from "@/shared/ui/menu";
import { SearchBox } from "./search-box";

const any = "any";
const verdicts: Choice[] = [
  { value: "allow", label: "Allowed" },
  { value: "flag", label: "Flagged" },
  { value: "mask", label: "Masked" },
  { value: "block", label: "Blocked" },
];

interface FilterBarProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** Everything that narrows the list, each also in the address. */
export function FilterBar({ filters, onChange }: FilterBarProps) {
  const facets = useQuery(facetsQuery);
  const keys = useQuery(keysQuery);
  const facet = (name: "verdict" | "kid" | "model" | "rule", all: string, choices: Choice[]) => (
    <Chooser
      label={all}
      value={filters[name] ?? any}
      choices={[{ value: any, label: all }, ...choices]}
      onChange={(value) => onChange(changed(filters, name, value === any ? undefined : value))}
    />
  );
  const set = Object.values(filters).some((value) => value !== undefined);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchBox filters={filters} onChange={onChange} />
      {facet("verdict", "All verdicts", verdicts)}
      {facet("kid", "All applications", keys.data?.map((key) => ({ value: key.kid, label: nameOf(key, key.kid) })) ?? [])}
      {facet("rule", "All rules", facets.data?.rules.map((rule) => ({ value: rule, label: words(rule) })) ?? [])}
      {facet("model", "All models", facets.data?.models.map((model) => ({ value: model, label: model })) ?? [])}
      {(filters.since ?? filters.until) !== undefined && (
        <Button onClick={() => onChange(changed(changed(filters, "since", undefined), "until", undefined))}>
          {filters.since ? `From ${dayAndClock(filters.since)}` : ""}
          {filters.until ? ` to ${dayAndClock(filters.until)}` : ""} UTC
          <X aria-label="Remove the time filter" />
        </Button>
      )}
      {set && (
        <Button look="quiet" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

export function changed(filters: Filters, name: keyof Filters, value: string | number | Verdict | undefined): Filters {
  const rest = Object.entries(filters).filter(([key]) => key !== name);
  return Object.fromEntries(value === undefined ? rest : [...rest, [name, value]]);
}
