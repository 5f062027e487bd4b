import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { keysQuery, nameOf, type Key } from "@/shared/api/keys";
import { overviewQuery, type Sums } from "@/shared/api/overview";
import { providersQuery, type Provider } from "@/shared/api/providers";
import { buttonStyle } from "@/shared/ui/button";
import { Card, PageHeader } from "@/shared/ui/card";
import { Shown } from "@/shared/ui/states";
import { count, percent } from "@/shared/lib/format";
import { cn } from "@/shared/lib/cn";

export function ProvidersPage() {
  const providers = useQuery(providersQuery);
  const keys = useQuery(keysQuery);
  const day = useQuery(overviewQuery("24h"));
  const sums = new Map(day.data?.keys.map((entry) => [entry.kid, entry.sums]));
  const live = keys.data?.filter((key) => key.status !== "revoked") ?? [];
  const connected = new Set(live.map((key) => key.provider));
  return (
    <>
      <PageHeader title="Providers" note="Where requests may go. Provider keys are encrypted, bound to their address, and never shown again.">
        <Link to="/keys" search={{ create: true }} className={buttonStyle({ look: "primary" })}>
          Connect a provider
        </Link>
      </PageHeader>
      <Shown query={providers}>
        {(list) => (
          <div className="space-y-5">
            <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
              {list
                .filter((provider) => connected.has(provider.id))
                .map((provider) => (
                  <Connected key={provider.id} provider={provider} keys={live.filter((key) => key.provider === provider.id)} sums={sums} />
                ))}
            </div>
            <Card title="Can be connected" note="One gateway key leads to one provider and model">
              <ul className="grid grid-cols-1 gap-x-8 sm:grid-cols-2">
                {list
                  .filter((provider) => !connected.has(provider.id))
                  .map((provider) => (
                    <li key={provider.id} className="flex items-center justify-between gap-4 border-b border-line py-2">
                      <span className="min-w-0">
                        <span className="block font-medium">{provider.title}</span>
                        <span className="block truncate font-mono text-small text-ink-3">{provider.base_url ?? "your own address"}</span>
                      </span>
                    </li>
                  ))}
              </ul>
            </Card>
          </div>
        )}
      </Shown>
    </>
  );
}

interface ConnectedProps {
  provider: Provider;
  keys: readonly Key[];
  sums: ReadonlyMap<string, Sums>;
}

function Connected({ provider, keys, sums }: ConnectedProps) {
  const all = keys.map((key) => sums.get(key.kid)).filter((one) => one !== undefined);
  const requests = all.reduce((total, one) => total + one.requests, 0);
  const failed = all.reduce((total, one) => total + one.failed, 0);
  const share = requests ? failed / requests : 0;
  const health = requests === 0 ? "No requests in 24 h" : share >= 0.05 ? "Degraded" : "Healthy";
  return (
    <Card
      title={provider.title}
      note={<span className="user-text font-mono">{keys[0]?.base_url ?? provider.base_url}</span>}
      action={
        <span className="inline-flex items-center gap-1.5 text-small text-ink-2">
          <span aria-hidden className={cn("size-1.5 rounded-full", health === "Healthy" ? "bg-accent" : share >= 0.05 ? "bg-mask" : "bg-ink-3")} />
          {health}
        </span>
      }
    >
      <dl className="mb-3 flex gap-8">
        <Fact label="Requests, 24 h" value={count(requests)} />
        <Fact label="Errors" value={requests ? percent(share) : "–"} />
        <Fact label="Keys" value={count(keys.length)} />
      </dl>
      <ul className="divide-y divide-line border-t border-line">
        {keys.map((key) => (
          <li key={key.kid}>
            <Link to="/logs" search={{ kid: key.kid }} className="flex items-center justify-between gap-4 py-2 hover:bg-sunken">
              <span className="user-text truncate">{nameOf(key, key.kid)}</span>
              <span className="user-text truncate font-mono text-small text-ink-2">{key.model}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-small text-ink-3">{label}</dt>
      <dd className="text-[15px] font-medium tabular">{value}</dd>
    </div>
  );
}
