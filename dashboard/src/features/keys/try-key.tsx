import { CircleCheck, CircleX } from "lucide-react";
import { useTryProvider, type Provider } from "@/shared/api/providers";
import { milliseconds } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { Field, inputStyle } from "@/shared/ui/field";

interface TryKeyProps {
  provider: Provider;
  secret: string;
  baseUrl: string;
  onChange: (secret: string) => void;
  problem: string | undefined;
}

/** The provider's key, checked with the provider before anything is stored. */
export function TryKey({ provider, secret, baseUrl, onChange, problem }: TryKeyProps) {
  const attempt = useTryProvider();
  const body = {
    provider: provider.id,
    ...(secret && { provider_key: secret }),
    ...(baseUrl && { base_url: baseUrl }),
  };
  const hint = provider.key_page && (
    <a href={provider.key_page} target="_blank" rel="noreferrer" className="text-accent underline">
      Get a key from {provider.title}
    </a>
  );
  return (
    <div className="space-y-1.5">
      <Field label={provider.key_optional ? "Provider key (optional)" : "Provider key"} hint={hint} problem={problem}>
        {(wiring) => (
          <div className="flex gap-2">
            <input
              {...wiring}
              type="password"
              autoComplete="off"
              spellCheck={false}
              required={!provider.key_optional}
              value={secret}
              onChange={(event) => {
                attempt.reset();
                onChange(event.target.value);
              }}
              className={`${inputStyle} font-mono`}
            />
            <Button disabled={(!secret && !provider.key_optional) || attempt.isPending} onClick={() => attempt.mutate(body)}>
              {attempt.isPending ? "Checking" : "Check key"}
            </Button>
          </div>
        )}
      </Field>
      <p role="status" className="flex items-center gap-1.5 text-small">
        {attempt.data?.ok && (
          <>
            <CircleCheck aria-hidden className="size-3.5 text-allow-ink" />
            Accepted in {milliseconds(attempt.data.milliseconds)}; {attempt.data.models.length} models.
          </>
        )}
        {((attempt.data && !attempt.data.ok) || attempt.error) && (
          <>
            <CircleX aria-hidden className="size-3.5 text-block-ink" />
            <span className="text-block-ink">{attempt.data?.problem ?? attempt.error?.message}</span>
          </>
        )}
      </p>
    </div>
  );
}
