import { queryOptions } from "@tanstack/react-query";
import { gatewayUrl } from "@/shared/lib/base";
import { ApiError, problem } from "./client";

export interface User {
  email: string;
  name: string;
  role: string;
}

export interface Provider {
  id: string;
  title: string;
}

export interface Session {
  user: User | undefined;
  setupNeeded: boolean;
  signupOpen: boolean;
  oidc: Provider[];
}

interface SessionBody {
  user?: User;
  setup_needed?: boolean;
  signup_open?: boolean;
  oidc?: Provider[];
  error?: SessionBody;
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${gatewayUrl}/api/auth/${path}`, { credentials: "same-origin", ...init }).catch(() => {
    throw new ApiError(0, "The gateway cannot be reached.", "unreachable");
  });
}

async function session(): Promise<Session> {
  const response = await ask("session");
  const body = (await response.json().catch(() => ({}))) as SessionBody;
  if (!response.ok && response.status !== 401) throw problem(response.status, body);
  const flags = { ...body.error, ...body };
  return {
    user: response.ok ? body.user : undefined,
    setupNeeded: flags.setup_needed ?? false,
    signupOpen: flags.signup_open ?? false,
    oidc: flags.oidc ?? [],
  };
}

export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: session, staleTime: 60_000 });

async function act(path: string, body: object): Promise<void> {
  const response = await ask(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw problem(response.status, await response.json().catch(() => undefined));
}

export interface Credentials {
  email: string;
  password: string;
}

export const signIn = (given: Credentials) => act("sign-in", given);
export const signOut = () => act("sign-out", {});
export const setUp = (given: Credentials & { name: string; token: string }) => act("setup", given);
export const signUp = (given: Credentials & { name: string; invite: string }) => act("sign-up", given);
export const oidcUrl = (id: string) => `${gatewayUrl}/api/auth/oidc/${encodeURIComponent(id)}/start`;
