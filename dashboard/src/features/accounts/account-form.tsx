import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { ApiError } from "@/shared/api/client";
import { Button } from "@/shared/ui/button";
import { TextField } from "@/shared/ui/field";

export interface Entered {
  name: string;
  email: string;
  password: string;
}

interface AccountFormProps {
  /** Asks for a name and a new password, not for known ones. */
  fresh: boolean;
  verb: string;
  act: (entered: Entered) => Promise<unknown>;
  next?: string | undefined;
}

/** E-mail and password; leads to the dashboard when the server agrees. */
export function AccountForm({ fresh, verb, act, next }: AccountFormProps) {
  const [entered, setEntered] = useState<Entered>({ name: "", email: "", password: "" });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const send = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: ["session"] });
      await navigate({ to: inside(next) });
    },
  });
  const error = send.error instanceof ApiError ? send.error : undefined;
  const at = (field: string) => (error?.field === field ? error.message : undefined);
  const known = error?.field && error.field in entered;
  const set = (field: keyof Entered) => (event: { target: { value: string } }) =>
    setEntered((now) => ({ ...now, [field]: event.target.value }));

  function submit(event: FormEvent) {
    event.preventDefault();
    send.mutate(entered);
  }
  return (
    <form onSubmit={submit} className="space-y-3">
      {fresh && (
        <TextField label="Name" autoComplete="name" maxLength={100} required value={entered.name} onChange={set("name")} problem={at("name")} />
      )}
      <TextField label="E-mail" type="email" autoComplete="username" maxLength={254} required value={entered.email} onChange={set("email")} problem={at("email")} />
      <TextField
        label="Password"
        type="password"
        autoComplete={fresh ? "new-password" : "current-password"}
        minLength={fresh ? 12 : undefined}
        maxLength={1024}
        required
        value={entered.password}
        onChange={set("password")}
        problem={at("password")}
        hint={fresh ? "At least 12 characters. A sentence is good." : undefined}
      />
      {error && !known && (
        <p role="alert" className="user-text text-block-ink">
          {error.message}
        </p>
      )}
      <Button look="primary" type="submit" className="w-full" disabled={send.isPending}>
        {verb}
      </Button>
    </form>
  );
}

/** Only addresses of this dashboard: a link must not lead elsewhere after the sign-in. */
export function inside(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !/^\/(sign-in|sign-up|setup)/.test(next) ? next : "/";
}
