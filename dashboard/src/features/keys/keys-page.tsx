import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { keysQuery, type Key } from "@/shared/api/keys";
import { overviewQuery } from "@/shared/api/overview";
import { Button } from "@/shared/ui/button";
import { Card, PageHeader } from "@/shared/ui/card";
import { EmptyState, Shown } from "@/shared/ui/states";
import { CreateDialog } from "./create-dialog";
import { KeyTable } from "./key-table";
import { RevokeDialog } from "./revoke-dialog";
import { RotateDialog } from "./rotate-dialog";

type Asked = { what: "rotate" | "revoke"; key: Key } | undefined;

export function KeysPage() {
  const { create = false } = useSearch({ from: "/inside/keys" });
  const navigate = useNavigate();
  const query = useQuery(keysQuery);
  const month = useQuery(overviewQuery("30d"));
  const [asked, setAsked] = useState<Asked>();
  const sums = new Map(month.data?.keys.map(({ kid, sums: one }) => [kid, one]));
  const open = (now: boolean) => void navigate({ to: "/keys", search: now ? { create: true } : {} });
  const done = () => setAsked(undefined);

  return (
    <>
      <PageHeader title="API keys" note="A gateway key leads to one provider and model. Applications hold it instead of the provider's key.">
        <Button look="primary" onClick={() => open(true)}>
          <Plus aria-hidden /> Create key
        </Button>
      </PageHeader>
      <Card bodyClass="">
        <Shown query={query}>
          {(keys) =>
            keys.length === 0 ? (
              <EmptyState title="No keys yet">
                <p>Connect a provider and get a key that your application can use in its place.</p>
                <Button look="primary" onClick={() => open(true)}>
                  Create the first key
                </Button>
              </EmptyState>
            ) : (
              <KeyTable keys={keys} sums={sums} onAsk={(what, key) => setAsked({ what, key })} />
            )
          }
        </Shown>
      </Card>
      {create && <CreateDialog onClose={() => open(false)} />}
      {asked?.what === "rotate" && <RotateDialog subject={asked.key} onClose={done} />}
      {asked?.what === "revoke" && <RevokeDialog subject={asked.key} used={Boolean(sums.get(asked.key.kid))} onClose={done} />}
    </>
  );
}
