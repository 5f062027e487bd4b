import { useNavigate } from "@tanstack/react-router";
import { useId, useState, type FormEvent } from "react";
import type { Filters } from "@/shared/api/records";
import { inputStyle } from "@/shared/ui/field";
import { parsed, terms } from "./search-terms";

interface SearchBoxProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** `verdict:block rule:secrets`, or a request ID. */
export function SearchBox({ filters, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState("");
  const navigate = useNavigate();
  const list = useId();

  function search(event: FormEvent) {
    event.preventDefault();
    const found = parsed(typed);
    setProblem(found.problem);
    if (found.problem) return;
    setTyped("");
    if (found.id) void navigate({ to: "/logs/$id", params: { id: found.id }, search: {} });
    else onChange({ ...filters, ...found.filters });
  }

  return (
    <form role="search" onSubmit={search} className="relative w-full sm:w-72">
      <input
        id="log-search"
        aria-label="Filter logs, such as verdict:block, or a request ID"
        aria-invalid={Boolean(problem)}
        aria-describedby={`${list}-problem`}
        list={list}
        autoComplete="off"
        spellCheck={false}
        placeholder="verdict:block rule:… or a request ID"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className={`${inputStyle} font-mono text-small`}
      />
      <datalist id={list}>
        {terms.map((term) => (
          <option key={term} value={term} />
        ))}
      </datalist>
      <p id={`${list}-problem`} role="status" className="absolute top-full mt-0.5 text-small text-block-ink">
        {problem}
      </p>
    </form>
  );
}
