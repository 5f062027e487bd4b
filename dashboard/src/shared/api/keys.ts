import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, unwrap, type Schema } from "./client";

export type Key = Schema["KeyOut"];
export type IssuedKey = Schema["IssuedKeyOut"];
export type NewKey = Schema["CreateKeyIn"];

export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: async () => (await unwrap(api.GET("/api/dashboard/api-keys", { params: { query: { limit: 200 } } }))).data,
});

/** A key's name, or its id where it has none. */
export const nameOf = (key: Key | undefined, kid: string) => key?.name || kid;

function useChange<In, Out>(change: (given: In) => Promise<Out>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["keys"] }),
  });
}

export const useCreateKey = () =>
  useChange((body: NewKey) => unwrap(api.POST("/api/dashboard/api-keys", { body })));

export const useRotateKey = () =>
  useChange(({ kid, grace }: { kid: string; grace: string }) =>
    unwrap(api.POST("/api/dashboard/api-keys/{kid}/rotate", { params: { path: { kid } }, body: { grace } })),
  );

export const useRevokeKey = () =>
  useChange((kid: string) =>
    unwrap(api.POST("/api/dashboard/api-keys/{kid}/revoke", { params: { path: { kid } } })),
  );

export const useUpdateKey = () =>
  useChange(({ kid, ...body }: { kid: string } & Partial<Schema["UpdateKeyIn"]>) =>
    unwrap(
      api.PATCH("/api/dashboard/api-keys/{kid}", {
        params: { path: { kid } },
        body: body as Schema["UpdateKeyIn"],
      }),
    ),
  );
