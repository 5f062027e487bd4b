import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, Moon, Sun } from "lucide-react";
import { api, unwrap } from "@/shared/api/client";
import { gatewayUrl } from "@/shared/lib/base";
import { cn } from "@/shared/lib/cn";
import { chooseTheme, useTheme } from "@/shared/lib/theme";
import { Button } from "@/shared/ui/button";
import { Mark } from "@/shared/ui/mark";
import { sections } from "./navigation";

/** The way around. `wide` shows the words at every width, as in the sheet on small screens. */
export function Sidebar({ wide = false, onGo }: { wide?: boolean; onGo?: () => void }) {
  const label = wide ? "" : "max-lg:sr-only";
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-[52px] items-center gap-2.5 px-4">
        <Mark className="size-6 shrink-0" />
        <span className={cn("font-semibold", label)}>Security Gateway</span>
      </div>
      <nav aria-label="Main" className="flex-1 space-y-5 overflow-y-auto px-2.5 py-3">
        {sections.map((section) => (
          <div key={section.title}>
            <p className={cn("mb-1 px-2 text-small text-ink-3", label)}>{section.title}</p>
            {section.entries.map(({ to, label: name, Icon }) => (
              <Link
                key={to}
                to={to}
                {...(onGo && { onClick: onGo })}
                title={name}
                activeOptions={{ exact: to === "/", includeSearch: false }}
                className="relative flex h-8 items-center gap-2.5 rounded-control px-2 text-ink-2 hover:bg-sunken hover:text-ink"
                activeProps={{
                  className:
                    "bg-sunken font-medium text-ink before:absolute before:-left-2.5 before:h-3.5 before:w-[3px] before:rounded-r before:bg-accent",
                }}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                <span className={label}>{name}</span>
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <Foot label={label} />
    </div>
  );
}

function Foot({ label }: { label: string }) {
  const theme = useTheme();
  const health = useQuery({ queryKey: ["health"], queryFn: () => unwrap(api.GET("/health")), refetchInterval: 30_000 });
  const fine = !health.isError;
  return (
    <div className="border-t border-line px-4 py-3 text-small text-ink-3">
      <p className="mb-2 flex items-center gap-2">
        <span aria-hidden className={cn("size-1.5 shrink-0 rounded-full", fine ? "bg-accent" : "bg-block")} />
        <span className={label}>{fine ? "Gateway running" : "Gateway not reachable"}</span>
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <a href={`${gatewayUrl}/help`} title="Help" className="flex min-h-6 items-center gap-2 hover:text-ink">
          <BookOpen aria-hidden className="size-4" />
          <span className={label}>Help</span>
        </a>
        <span className={cn("ml-auto font-mono", label)}>{health.data && `v${health.data.version}`}</span>
        <Button
          look="icon"
          className="-m-1"
          aria-label={theme === "dark" ? "Light theme" : "Dark theme"}
          onClick={() => chooseTheme(theme === "dark" ? "light" : "dark")}
        >
          {theme === "dark" ? <Sun aria-hidden /> : <Moon aria-hidden />}
        </Button>
      </div>
    </div>
  );
}
