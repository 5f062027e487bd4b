import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { ApiError } from "@/shared/api/client";
import { useCreateKey, type IssuedKey, type NewKey } from "@/shared/api/keys";
import { providersQuery, type Provider } from "@/shared/api/providers";
import { Button } from "@/shared/ui/button";
import { TextField } from "@/shared/ui/field";
import { Shown } from "@/shared/ui/states";
import { Switch } from "@/shared/ui/switch";
import { ExpiryField, type Expiry } from "./expiry-field";
import { ModelPicker } from "./model-picker";
import { ProviderPicker } from "./provider-picker";
import { TryKey } from "./try-key";

interface CreateFormProps {
  onIssued: (issued: IssuedKey) => void;
  onCancel: () => void;
}

export function CreateForm(props: CreateFormProps) {
  const providers = useQuery(providersQuery);
  return <Shown query={providers}>{(list) => <Form providers={list} {...props} />}</Shown>;
}

function Form({ providers, onIssued, onCancel }: CreateFormProps & { providers: readonly Provider[] }) {
  const [provider, setProvider] = useState<Provider>();
  const [model, setModel] = useState("");
  const [secret, setSecret] = useState("");
  const [baseUrl, setBaseUrl] = useState("");
  const [name, setName] = useState("");
  const [choose, setChoose] = useState(false);
  const [expiry, setExpiry] = useState<Expiry>({ choice: "never" });
  const create = useCreateKey();
  const problem = (field: string) =>
    create.error instanceof ApiError && create.error.field === field ? create.error.message : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!provider || !model) return;
    const body: NewKey = {
      provider: provider.id,
      model,
      name,
      ...(secret && { provider_key: secret }),
      ...(baseUrl && { base_url: baseUrl }),
      ...(expiry.at && { expires_at: expiry.at }),
      ...(choose && { block_style: "refusal" as const }),
    };
    create.mutate(body, { onSuccess: onIssued });
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <ProviderPicker
        providers={providers}
        chosen={provider}
        onChoose={(next) => {
          setProvider(next);
          setModel("");
        }}
      />
      {provider && (
        <>
          <ModelPicker provider={provider} model={model} onChange={setModel} problem={problem("model")} />
          {!provider.fixed && (
            <TextField
              label="Base URL"
              value={baseUrl}
              placeholder={provider.base_url ?? "https://host/v1"}
              required={!provider.base_url}
              onChange={(event) => setBaseUrl(event.target.value)}
              problem={problem("base_url")}
              hint={provider.base_url ? "Leave empty for the usual address." : "Where the server answers in OpenAI's format."}
            />
          )}
          {!provider.simulated && (
            <TryKey provider={provider} secret={secret} baseUrl={baseUrl} onChange={setSecret} problem={problem("provider_key")} />
          )}
          <TextField label="Name" value={name} maxLength={200} onChange={(event) => setName(event.target.value)} hint="The application that will use it, such as billing-agent." problem={problem("name")} />
          <ExpiryField value={expiry} onChange={setExpiry} />
          <Switch label="Answer blocks as a refusal" note="HTTP 200 with finish reason content_filter instead of HTTP 400, for clients that cannot take an error." on={choose} onChange={setChoose} />
        </>
      )}
      {create.error && <p role="alert" className="text-block-ink">{create.error.message}</p>}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" type="submit" disabled={!provider || !model || create.isPending}>
          {create.isPending ? "Creating" : "Create key"}
        </Button>
      </div>
    </form>
  );
}
