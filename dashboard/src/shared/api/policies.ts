import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap, type Schema } from "./client";

export type Policy = Schema["PolicyOut"];
export type Replay = Schema["ReplayOut"];

export const policiesQuery = queryOptions({
  queryKey: ["policies"],
  queryFn: async () => (await unwrap(api.GET("/api/dashboard/policies"))).data,
});

export const documentQuery = (name: string, number: number) =>
  queryOptions({
    queryKey: ["policies", name, number],
    queryFn: () =>
      unwrap(
        api.GET("/api/dashboard/policies/{name}/versions/{number}", { params: { path: { name, number } } }),
      ),
    staleTime: Infinity,
  });

export const diffQuery = (name: string, old: number, now: number) =>
  queryOptions({
    queryKey: ["policies", name, "diff", old, now],
    queryFn: () =>
      unwrap(
        api.GET("/api/dashboard/policies/{name}/diff", {
          params: { path: { name }, query: { old, new: now } },
        }),
      ),
    staleTime: Infinity,
  });

export const useCheckPolicy = () =>
  useMutation({
    mutationFn: (document: string) => unwrap(api.POST("/api/dashboard/policies/check", { body: { document } })),
  });

export const useTestPolicy = () =>
  useMutation({
    mutationFn: (document: string) => unwrap(api.POST("/api/dashboard/policies/test", { body: { document } })),
  });

export const useReplayPolicy = () =>
  useMutation({
    mutationFn: (document: string) =>
      unwrap(api.POST("/api/dashboard/policies/replay", { body: { document, limit: 1000 } })),
  });

function useChange<In, Out>(change: (given: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["policies"] }),
  });
}

export const useSavePolicy = () =>
  useChange((document: string) => unwrap(api.POST("/api/dashboard/policies", { body: { document } })));

export const useActivatePolicy = () =>
  useChange(({ name, number }: { name: string; number: number }) =>
    unwrap(
      api.POST("/api/dashboard/policies/{name}/activate", { params: { path: { name } }, body: { number } }),
    ),
  );

export const useRollBackPolicy = () =>
  useChange((name: string) =>
    unwrap(api.POST("/api/dashboard/policies/{name}/rollback", { params: { path: { name } } })),
  );
