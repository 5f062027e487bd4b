import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, unwrap, type Schema } from "./client";

export type AuditEvent = Schema["AuditEventOut"];

export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) =>
    unwrap(
      api.GET("/api/dashboard/audit", {
        params: { query: { limit: 50, ...(pageParam && { before: pageParam }) } },
      }),
    ),
  getNextPageParam: (last) => last.next ?? undefined,
});
