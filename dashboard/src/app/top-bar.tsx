import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Gauge, LogOut, Menu as MenuIcon, Search } from "lucide-react";
import { overviewQuery } from "@/shared/api/overview";
import { sessionQuery, signOut } from "@/shared/api/session";
import { milliseconds } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { ActionMenu } from "@/shared/ui/menu";
import { queries } from "./query-client";

const initials = (name: string) =>
  name
    .split(/[\s@.]+/)
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join("");

interface TopBarProps {
  onSearch: () => void;
  onMenu: () => void;
}

export function TopBar({ onSearch, onMenu }: TopBarProps) {
  const navigate = useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const { data: hour } = useQuery(overviewQuery("1h"));
  const user = session?.user;

  async function leave() {
    await signOut();
    if (session) queries.setQueryData(sessionQuery.queryKey, { ...session, user: undefined });
    await navigate({ to: "/sign-in", search: {} });
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  }

  return (
    <header className="sticky top-0 z-20 flex h-[52px] items-center gap-3 border-b border-line bg-canvas px-4 md:px-6">
      <Button look="icon" className="md:hidden" aria-label="Menu" onClick={onMenu}>
        <MenuIcon aria-hidden />
      </Button>
      <Button onClick={onSearch} className="min-w-0 max-w-[340px] flex-1 justify-start font-normal text-ink-3">
        <Search aria-hidden />
        <span className="truncate">Search logs, keys, request IDs</span>
        <kbd className="ml-auto hidden rounded border border-line bg-sunken px-1 text-micro sm:block">Ctrl K</kbd>
      </Button>
      {hour?.total.added_p50 != null && (
        <span className="ml-auto hidden h-7 items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-small text-ink-2 lg:inline-flex">
          <Gauge aria-hidden className="size-3.5" /> Adds
          <b className="font-semibold text-ink">{milliseconds(hour.total.added_p50)}</b> at p50
        </span>
      )}
      {user && (
        <div className={hour?.total.added_p50 == null ? "ml-auto" : "max-lg:ml-auto"}>
          <ActionMenu
            label={`${initials(user.name || user.email)}, account of ${user.name || user.email}`}
            trigger={
              <span className="grid size-7 place-items-center rounded-full bg-accent-soft text-micro font-semibold text-accent">
                {initials(user.name || user.email) || <LogOut aria-hidden />}
              </span>
            }
            actions={[
              { label: `${user.email} (${user.role})`, onSelect: () => undefined, disabled: true },
              { label: "Sign out", onSelect: () => void leave() },
            ]}
          />
        </div>
      )}
    </header>
  );
}
