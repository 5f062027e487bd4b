import createClient from "openapi-fetch";
import { gatewayUrl } from "@/shared/lib/base";
import type { components, paths } from "./schema";

export type Schema = components["schemas"];

/** What went wrong, in the server's words. They never hold what was sent. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  constructor(status: number, message: string, code: string, field?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

interface ErrorBody {
  error?: { message?: string; code?: string; param?: string | null };
}

export function problem(status: number, body: unknown): ApiError {
  const { error } = (typeof body === "object" && body !== null ? body : {}) as ErrorBody;
  const message = error?.message ?? `The gateway answered with HTTP ${String(status)}.`;
  return new ApiError(status, message, error?.code ?? "unknown", error?.param ?? undefined);
}

export const api = createClient<paths>({ baseUrl: gatewayUrl, credentials: "same-origin" });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer. Throws ApiError; status 0 means that the gateway cannot be reached. */
export async function unwrap<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked.catch(() => {
    throw new ApiError(0, "The gateway cannot be reached.", "unreachable");
  });
  if (!response.ok || data === undefined) throw problem(response.status, error);
  return data;
}
