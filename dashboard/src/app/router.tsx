import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { QueryClient } from "@tanstack/react-query";
import { sessionQuery } from "@/shared/api/session";
import { dashboardPath } from "@/shared/lib/base";
import { ErrorState } from "@/shared/ui/states";
import { logSearch, rangeSearch, textSearch, doorSearch } from "./search";
import { NotFound } from "./not-found";
import { Shell } from "./shell";
import { queries } from "./query-client";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
});

const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData({ ...sessionQuery, revalidateIfStale: true });
    if (session.setupNeeded) throw redirect({ to: "/setup" });
    if (!session.user) throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
});

const accounts = () => import("@/features/accounts");
const page = <P extends string>(path: P) => ({ getParentRoute: () => inside, path }) as const;

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(accounts, "SetupPage"),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: doorSearch,
  component: lazyRouteComponent(accounts, "SignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  component: lazyRouteComponent(accounts, "SignUpPage"),
});
const overview = createRoute({
  ...page("/"),
  validateSearch: rangeSearch,
  component: lazyRouteComponent(() => import("@/features/overview"), "OverviewPage"),
});
const logs = createRoute({
  ...page("/logs"),
  validateSearch: logSearch,
  component: lazyRouteComponent(() => import("@/features/logs"), "LogsPage"),
});
const log = createRoute({
  getParentRoute: () => logs,
  path: "$id",
  component: lazyRouteComponent(() => import("@/features/logs"), "LogPanel"),
});
const activity = createRoute({
  ...page("/activity"),
  component: lazyRouteComponent(() => import("@/features/activity"), "ActivityPage"),
});
const policies = createRoute({
  ...page("/policies"),
  component: lazyRouteComponent(() => import("@/features/policies"), "PoliciesPage"),
});
const playground = createRoute({
  ...page("/playground"),
  validateSearch: textSearch,
  component: lazyRouteComponent(() => import("@/features/playground"), "PlaygroundPage"),
});
const keys = createRoute({
  ...page("/keys"),
  validateSearch: doorSearch,
  component: lazyRouteComponent(() => import("@/features/keys"), "KeysPage"),
});
const providers = createRoute({
  ...page("/providers"),
  component: lazyRouteComponent(() => import("@/features/providers"), "ProvidersPage"),
});
const settings = createRoute({
  ...page("/settings"),
  component: lazyRouteComponent(() => import("@/features/settings"), "SettingsPage"),
});

const tree = root.addChildren([
  setup,
  signIn,
  signUp,
  inside.addChildren([overview, logs.addChildren([log]), activity, policies, playground, keys, providers, settings]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: dashboardPath,
  context: { queries },
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
