import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap, type Schema } from "./client";

export type Row = Schema["RecordOut"];
export type Verdict = "allow" | "flag" | "mask" | "block";
export type Finding = Row["findings"][number];

export interface Filters {
  verdict?: Verdict;
  kid?: string;
  model?: string;
  rule?: string;
  since?: number;
  until?: number;
}

export const recordsQuery = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["records", filters],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/dashboard/logs", {
          params: { query: { ...filters, limit: 50, ...(pageParam && { before: pageParam }) } },
        }),
      ),
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const recordQuery = (id: string) =>
  queryOptions({
    queryKey: ["record", id],
    queryFn: () =>
      unwrap(api.GET("/api/dashboard/records/{record_id}", { params: { path: { record_id: id } } })),
    staleTime: Infinity,
    // The live view shows an exchange a moment before its record is committed.
    retry: 4,
    retryDelay: 500,
  });

export const facetsQuery = queryOptions({
  queryKey: ["facets"],
  queryFn: () => unwrap(api.GET("/api/dashboard/facets")),
  staleTime: 60_000,
});

export const markQuery = (id: string) =>
  queryOptions({
    queryKey: ["mark", id],
    queryFn: () =>
      unwrap(api.GET("/api/dashboard/records/{record_id}/mark", { params: { path: { record_id: id } } })),
  });

export function useMark(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (falsePositive: boolean) =>
      unwrap(
        api.PUT("/api/dashboard/records/{record_id}/mark", {
          params: { path: { record_id: id } },
          body: { false_positive: falsePositive },
        }),
      ),
    onSuccess: (mark) => queries.setQueryData(["mark", id], mark),
  });
}
