import { RadioGroup } from "radix-ui";
import type { Provider } from "@/shared/api/providers";

interface ProviderPickerProps {
  providers: readonly Provider[];
  chosen: Provider | undefined;
  onChoose: (provider: Provider) => void;
}

export function ProviderPicker({ providers, chosen, onChoose }: ProviderPickerProps) {
  return (
    <div>
      <p id="provider-label" className="mb-1 font-medium">
        Provider
      </p>
      <RadioGroup.Root
        aria-labelledby="provider-label"
        value={chosen?.id ?? ""}
        onValueChange={(id) => {
          const found = providers.find((provider) => provider.id === id);
          if (found) onChoose(found);
        }}
        className="grid grid-cols-2 gap-2 sm:grid-cols-3"
      >
        {providers.map((provider) => (
          <RadioGroup.Item
            key={provider.id}
            value={provider.id}
            className="min-h-10 rounded-control border border-line-strong bg-surface px-2.5 py-1.5 text-start hover:bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            {provider.title}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
