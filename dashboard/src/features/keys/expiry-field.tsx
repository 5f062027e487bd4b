import { useState } from "react";
import { day } from "@/shared/lib/time";
import { inputStyle } from "@/shared/ui/field";
import { Segmented } from "@/shared/ui/segmented";

export interface Expiry {
  choice: "never" | "7" | "30" | "90" | "date";
  /** Unix seconds. */
  at?: number;
}

const choices = [
  { value: "never", label: "Never" },
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "date", label: "Date" },
] as const;

interface ExpiryFieldProps {
  value: Expiry;
  onChange: (expiry: Expiry) => void;
}

export function ExpiryField({ value, onChange }: ExpiryFieldProps) {
  const [tomorrow] = useState(() => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  function choose(choice: Expiry["choice"]) {
    const days = Number(choice);
    onChange(days ? { choice, at: Math.floor(Date.now() / 1000) + days * 86_400 } : { choice });
  }
  return (
    <div className="space-y-1.5">
      <p className="font-medium">Expiry</p>
      <div className="flex flex-wrap items-center gap-2">
        <Segmented label="Expiry" value={value.choice} choices={choices} onChange={choose} />
        {value.choice === "date" && (
          <input
            type="date"
            aria-label="Expiry date"
            min={tomorrow}
            className={`${inputStyle} w-40`}
            onChange={(event) => {
              const at = Date.parse(`${event.target.value}T00:00:00Z`) / 1000;
              onChange(Number.isFinite(at) ? { choice: "date", at } : { choice: "date" });
            }}
          />
        )}
        <span className="text-small text-ink-3">{value.at ? `Stops working on ${day(value.at)}, UTC` : "Works until revoked"}</span>
      </div>
    </div>
  );
}
