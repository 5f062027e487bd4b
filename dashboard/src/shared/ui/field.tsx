import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "@/shared/lib/cn";

export const inputStyle =
  "h-8 w-full rounded-control border border-line-strong bg-surface px-2.5 text-body text-ink placeholder:text-ink-3 aria-invalid:border-block";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
  children: (wiring: { id: string; "aria-describedby": string; "aria-invalid": boolean }) => ReactNode;
}

/** A label, a control, and what to know or to correct about it. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": `${id}-about`, "aria-invalid": Boolean(problem) })}
      <p id={`${id}-about`} className={cn("text-small", problem ? "text-block-ink" : "text-ink-3")}>
        {problem ?? hint}
      </p>
    </div>
  );
}

type InputProps = Omit<ComponentProps<"input">, "children"> & Pick<FieldProps, "label" | "hint" | "problem">;

export function TextField({ label, hint, problem, className, ...rest }: InputProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(wiring) => <input {...wiring} {...rest} className={cn(inputStyle, className)} />}
    </Field>
  );
}
