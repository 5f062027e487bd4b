import type { AuditEvent } from "@/shared/api/audit";

const written = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value ?? null)).slice(0, 120);
const most = 6;

/** Field by field, old and new. */
export function Changes({ event }: { event: AuditEvent }) {
  const names = [...new Set([...Object.keys(event.before), ...Object.keys(event.after)])];
  const said = names.filter((name) => event.before[name] != null || event.after[name] != null);
  return (
    <ul className="space-y-0.5 text-small">
      {said.slice(0, most).map((name) => (
        <li key={name} className="user-text">
          <span className="text-ink-3">{name}: </span>
          {name in event.before && (
            <>
              <del className="text-ink-3">{written(event.before[name])}</del>{" "}
            </>
          )}
          <span className="font-mono">{name in event.after ? written(event.after[name]) : ""}</span>
        </li>
      ))}
      {said.length > most && <li className="text-ink-3">and {said.length - most} more</li>}
    </ul>
  );
}
