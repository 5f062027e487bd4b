import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { policiesQuery, type Policy } from "@/shared/api/policies";
import { Button } from "@/shared/ui/button";
import { Card, PageHeader } from "@/shared/ui/card";
import { EmptyState, Shown } from "@/shared/ui/states";
import { Editor } from "./editor";
import { PolicyCard } from "./policy-card";
import { template } from "./template";

export interface Draft {
  title: string;
  document: string;
}

export function PoliciesPage() {
  const query = useQuery(policiesQuery);
  const [draft, setDraft] = useState<Draft>();
  const start = () => setDraft({ title: "New policy", document: template });
  return (
    <>
      <PageHeader title="Policies" note="Rules that decide what is blocked, masked or flagged. Every exchange is judged by exactly one version.">
        <Button look="primary" onClick={start}>
          New policy
        </Button>
      </PageHeader>
      {draft && <Editor key={draft.document} draft={draft} onClose={() => setDraft(undefined)} />}
      <Shown query={query}>
        {(policies) => (
          <div className="space-y-5">
            {policies.map((policy: Policy) => (
              <PolicyCard key={policy.name} policy={policy} onEdit={setDraft} />
            ))}
            {policies.length === 0 && (
              <Card>
                <EmptyState title="The built-in policy holds">
                  <p>
                    It blocks injections, jailbreaks and secrets, and masks card and social security numbers. Write your own
                    to change that.
                  </p>
                  <Button onClick={start}>Start from the built-in rules</Button>
                </EmptyState>
              </Card>
            )}
          </div>
        )}
      </Shown>
    </>
  );
}
