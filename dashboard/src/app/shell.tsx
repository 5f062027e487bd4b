import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { sessionQuery } from "@/shared/api/session";
import { useShortcuts } from "@/shared/lib/keyboard";
import { CommandMenu } from "./command-menu";
import { entries } from "./navigation";
import { ShortcutList } from "./shortcut-list";
import { Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";

/** The frame of every page behind the sign-in. */
export function Shell() {
  const [searching, setSearching] = useState(false);
  const [menu, setMenu] = useState(false);
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  useLeaveWhenSignedOut();
  useTitle();

  const goes = entries.filter((entry) => entry.keys);
  useShortcuts({
    ...Object.fromEntries(goes.map(({ keys, to }) => [keys ?? "", () => void navigate({ to })])),
    "/": () => setSearching(true),
    "?": () => setHelp(true),
  });
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setSearching((now) => !now);
    }
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);

  return (
    <div className="flex min-h-screen">
      <a href="#main" onClick={skip} className="sr-only z-50 focus:not-sr-only focus:fixed focus:left-2 focus:top-2 focus:bg-surface focus:p-2">
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-screen w-14 shrink-0 border-r border-line bg-canvas md:block lg:w-[228px]">
        <Sidebar />
      </aside>
      <Dialog.Root open={menu} onOpenChange={setMenu}>
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-30 bg-[rgb(4_10_11/50%)]" />
          <Dialog.Content aria-describedby={undefined} className="fixed inset-y-0 left-0 z-40 w-64 bg-surface shadow-float">
            <Dialog.Title className="sr-only">Menu</Dialog.Title>
            <Sidebar wide onGo={() => setMenu(false)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <div className="min-w-0 flex-1">
        <TopBar onSearch={() => setSearching(true)} onMenu={() => setMenu(true)} />
        <main id="main" tabIndex={-1} className="mx-auto max-w-[1368px] px-4 pb-12 pt-6 outline-none md:px-6">
          <Outlet />
        </main>
      </div>
      <CommandMenu open={searching} onClose={() => setSearching(false)} />
      <ShortcutList open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

function skip(event: { preventDefault: () => void }) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function useLeaveWhenSignedOut() {
  const { data: session } = useQuery(sessionQuery);
  const navigate = useNavigate();
  const out = session !== undefined && !session.user;
  useEffect(() => {
    if (out) void navigate(session.setupNeeded ? { to: "/setup" } : { to: "/sign-in", search: {} });
  }, [out, session, navigate]);
}

function useTitle() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    const entry = entries.find(({ to }) => (to === "/" ? path === "/" : path.startsWith(to)));
    document.title = `${entry?.label ?? "Not found"} · Security Gateway`;
  }, [path]);
}
