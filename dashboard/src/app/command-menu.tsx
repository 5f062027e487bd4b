import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { keysQuery, nameOf } from "@/shared/api/keys";
import { chooseTheme } from "@/shared/lib/theme";
import { entries } from "./navigation";

const item =
  "flex cursor-default items-center gap-2.5 rounded-control px-2.5 py-2 data-[selected=true]:bg-sunken [&_svg]:size-4 [&_svg]:text-ink-3";
const requestId = /^req_[0-9a-z]{20,40}$/;

/** Goes anywhere by typing. A pasted request ID opens its log. */
export function CommandMenu({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const navigate = useNavigate();
  const keys = useQuery({ ...keysQuery, enabled: open });

  function run(act: () => void) {
    setTyped("");
    onClose();
    act();
  }
  const isRequest = requestId.test(typed.trim());

  return (
    <Radix.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(4_10_11/50%)]" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed left-1/2 top-[14vh] z-40 w-[calc(100vw-24px)] max-w-xl -translate-x-1/2 overflow-hidden rounded-card border border-line bg-surface shadow-float"
        >
          <Radix.Title className="sr-only">Command menu</Radix.Title>
          <Command label="Command menu" shouldFilter={!isRequest}>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder="Go to a page, a key, or paste a request ID"
              className="h-12 w-full border-b border-line bg-transparent px-4 text-[15px] outline-none placeholder:text-ink-3"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Command.Empty className="p-4 text-ink-2">Nothing found. A request ID starts with req_.</Command.Empty>
              {isRequest && (
                <Command.Item
                  className={item}
                  onSelect={() => run(() => void navigate({ to: "/logs/$id", params: { id: typed.trim() }, search: {} }))}
                >
                  Open log {typed.trim()}
                </Command.Item>
              )}
              {entries.map(({ to, label, Icon }) => (
                <Command.Item key={to} className={item} onSelect={() => run(() => void navigate({ to }))}>
                  <Icon aria-hidden /> {label}
                </Command.Item>
              ))}
              <Command.Item
                className={item}
                onSelect={() => run(() => void navigate({ to: "/keys", search: { create: true } }))}
              >
                Create an API key
              </Command.Item>
              {(["light", "dark", "system"] as const).map((theme) => (
                <Command.Item key={theme} className={item} onSelect={() => run(() => chooseTheme(theme))}>
                  Theme: {theme}
                </Command.Item>
              ))}
              {keys.data?.map((key) => (
                <Command.Item
                  key={key.kid}
                  value={`${key.name} ${key.kid}`}
                  className={item}
                  onSelect={() => run(() => void navigate({ to: "/logs", search: { kid: key.kid } }))}
                >
                  <span className="user-text">Logs of {nameOf(key, key.kid)}</span>
                  <span className="ml-auto font-mono text-small text-ink-3">{key.kid}</span>
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
