import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/shared/api/client";
import { sessionQuery } from "@/shared/api/session";

const again = (failures: number, error: Error) =>
  failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500);

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: again, staleTime: 10_000, refetchOnWindowFocus: false } },
  queryCache: new QueryCache({
    // A session that ended elsewhere ends here too: the shell asks again and shows the sign-in page.
    onError: (error, query) => {
      const signedOut = error instanceof ApiError && error.status === 401;
      if (signedOut && query.queryKey[0] !== "session") {
        void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      }
    },
  }),
});
