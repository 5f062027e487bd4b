import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "@/shared/api/client";
import { sessionQuery } from "@/shared/api/session";
import { gatewayUrl } from "@/shared/lib/base";
import { shortcutsOn, switchShortcuts } from "@/shared/lib/keyboard";
import { chooseTheme, chosenTheme, type Theme } from "@/shared/lib/theme";
import { Card, PageHeader } from "@/shared/ui/card";
import { CopyButton } from "@/shared/ui/copy";
import { Segmented } from "@/shared/ui/segmented";
import { Switch } from "@/shared/ui/switch";

const themes = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function SettingsPage() {
  return (
    <>
      <PageHeader title="Settings" note="What belongs to you and this browser. The gateway itself is configured in llm-gateway.toml." />
      <div className="grid gap-5 lg:grid-cols-2">
        <Account />
        <Appearance />
        <Addresses />
        <Storage />
      </div>
    </>
  );
}

function Account() {
  const { data } = useQuery(sessionQuery);
  const facts = [
    ["Name", data?.user?.name || "–"],
    ["E-mail", data?.user?.email || "–"],
    ["Role", data?.user?.role || "–"],
  ];
  return (
    <Card title="Account">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="user-text">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Appearance() {
  const [theme, setTheme] = useState<Theme | "system">(chosenTheme);
  const [keys, setKeys] = useState(shortcutsOn);
  return (
    <Card title="This browser">
      <div className="space-y-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="font-medium">Theme</span>
          <Segmented
            label="Theme"
            value={theme}
            choices={themes}
            onChange={(next) => {
              setTheme(next);
              chooseTheme(next);
            }}
          />
        </div>
        <Switch
          label="Single-key shortcuts"
          note="Press ? for the list. Ctrl K works either way."
          on={keys}
          onChange={(on) => {
            setKeys(on);
            switchShortcuts(on);
          }}
        />
      </div>
    </Card>
  );
}

function Addresses() {
  const addresses = [
    ["OpenAI and compatible SDKs", `${gatewayUrl}/v1`],
    ["Anthropic SDK", gatewayUrl],
    ["Gemini SDK", gatewayUrl],
  ] as const;
  return (
    <Card title="Base URLs" note="What applications use instead of the provider's address">
      <ul className="space-y-3">
        {addresses.map(([name, url]) => (
          <li key={name} className="flex items-center justify-between gap-3">
            <span className="min-w-0">
              <span className="block text-small text-ink-3">{name}</span>
              <code className="block truncate font-mono text-small">{url}</code>
            </span>
            <CopyButton text={url} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Storage() {
  const health = useQuery({ queryKey: ["health"], queryFn: () => unwrap(api.GET("/health")) });
  return (
    <Card title="About" note={health.data && `Version ${health.data.version}`}>
      <div className="space-y-2 text-ink-2">
        <p>Records hold no prompt, no answer and no matched text. How long they are kept is the setting record_retention_days.</p>
        <p className="flex gap-4">
          <a className="text-accent underline" href={`${gatewayUrl}/help`}>
            Help
          </a>
          <a className="text-accent underline" href={`${gatewayUrl}/docs`}>
            API reference
          </a>
          <a className="text-accent underline" href={`${gatewayUrl}/changelog`}>
            Changelog
          </a>
        </p>
      </div>
    </Card>
  );
}
