import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap, type Schema } from "./client";

export type Overview = Schema["OverviewOut"];
export type Sums = Schema["SumsOut"];
export type Range = "1h" | "24h" | "7d" | "30d";
export const ranges: readonly Range[] = ["1h", "24h", "7d", "30d"];

export const overviewQuery = (range: Range, kid?: string) =>
  queryOptions({
    queryKey: ["overview", range, kid],
    queryFn: () =>
      unwrap(api.GET("/api/dashboard/overview", { params: { query: { range, ...(kid && { kid }) } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
