import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useState } from "react";
import { modelsQuery, type Model, type Provider } from "@/shared/api/providers";
import { dollars } from "@/shared/lib/format";

interface ModelPickerProps {
  provider: Provider;
  model: string;
  onChange: (model: string) => void;
  problem: string | undefined;
}

const most = 60;
const price = (value: number | null) => (value === null ? "?" : dollars(value));

function matching(models: readonly Model[], typed: string): readonly Model[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word))).slice(0, most);
}

/** Search over what the provider is known to offer; any other name can be typed. */
export function ModelPicker({ provider, model, onChange, problem }: ModelPickerProps) {
  const [typed, setTyped] = useState("");
  const models = useQuery(modelsQuery(provider.id));
  const shown = matching(models.data ?? [], typed);
  const own = typed.trim();
  const exact = shown.some(({ id }) => id === own);
  return (
    <div>
      <div className="mb-1 flex justify-between gap-4">
        <span className="font-medium">Model</span>
        <span className="text-small text-ink-3">$ per million tokens, in / out</span>
      </div>
      <Command label="Model" shouldFilter={false} className="overflow-hidden rounded-control border border-line-strong">
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          placeholder={model || "Search models"}
          className="h-9 w-full border-b border-line bg-surface px-2.5 placeholder:text-ink-3"
        />
        <Command.List className="max-h-44 overflow-y-auto p-1">
          {own && !exact && (
            <Row name={own} chosen={model === own} onSelect={() => onChange(own)}>
              as typed
            </Row>
          )}
          {shown.map((one) => (
            <Row key={one.id} name={one.id} chosen={model === one.id} onSelect={() => onChange(one.id)}>
              {provider.simulated ? "simulated, free" : `${price(one.input)} / ${price(one.output)}`}
            </Row>
          ))}
          {!own && shown.length === 0 && <p className="p-2 text-ink-3">Type the model&apos;s name.</p>}
        </Command.List>
      </Command>
      <p role="status" className={problem ? "mt-1 text-small text-block-ink" : "mt-1 text-small text-ink-3"}>
        {problem ?? (model ? `Chosen: ${model}` : "The application may name any model; this one is used.")}
      </p>
    </div>
  );
}

interface RowProps {
  name: string;
  chosen: boolean;
  onSelect: () => void;
  children: string;
}

function Row({ name, chosen, onSelect, children }: RowProps) {
  return (
    <Command.Item
      value={name}
      onSelect={onSelect}
      className="flex cursor-default items-center gap-2 rounded-[4px] px-2 py-1.5 data-[selected=true]:bg-sunken"
    >
      <Check aria-hidden className={chosen ? "size-3.5 text-accent" : "invisible size-3.5"} />
      <span className="user-text font-mono text-small">{name}</span>
      {chosen && <span className="sr-only">chosen</span>}
      <span className="ml-auto whitespace-nowrap text-small text-ink-3 tabular">{children}</span>
    </Command.Item>
  );
}
