import { queryOptions, useMutation } from "@tanstack/react-query";
import { api, unwrap, type Schema } from "./client";

export type Provider = Schema["ProviderOut"];
export type Model = Schema["ModelOut"];

export const providersQuery = queryOptions({
  queryKey: ["providers"],
  queryFn: async () => (await unwrap(api.GET("/api/dashboard/providers"))).data,
  staleTime: Infinity,
});

export const modelsQuery = (provider: string) =>
  queryOptions({
    queryKey: ["models", provider],
    queryFn: async () =>
      (
        await unwrap(
          api.GET("/api/dashboard/providers/{provider_id}/models", {
            params: { path: { provider_id: provider } },
          }),
        )
      ).data,
    staleTime: Infinity,
  });

export const useTryProvider = () =>
  useMutation({
    mutationFn: (body: Schema["ProviderTryIn"]) => unwrap(api.POST("/api/dashboard/providers/test", { body })),
  });
