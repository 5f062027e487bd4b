import {
  Activity,
  Boxes,
  FlaskConical,
  KeyRound,
  LayoutDashboard,
  ListTree,
  Settings,
  ShieldCheck,
  type LucideIcon,
} from "lucide-react";

interface Entry {
  to: "/" | "/logs" | "/activity" | "/policies" | "/playground" | "/keys" | "/providers" | "/settings";
  label: string;
  Icon: LucideIcon;
  keys?: string;
}

export const sections: { title: string; entries: Entry[] }[] = [
  {
    title: "Monitor",
    entries: [
      { to: "/", label: "Overview", Icon: LayoutDashboard, keys: "g o" },
      { to: "/logs", label: "Logs", Icon: ListTree, keys: "g l" },
      { to: "/activity", label: "Activity", Icon: Activity, keys: "g a" },
    ],
  },
  {
    title: "Protect",
    entries: [
      { to: "/policies", label: "Policies", Icon: ShieldCheck, keys: "g p" },
      { to: "/playground", label: "Playground", Icon: FlaskConical },
    ],
  },
  {
    title: "Access",
    entries: [
      { to: "/keys", label: "API keys", Icon: KeyRound, keys: "g k" },
      { to: "/providers", label: "Providers", Icon: Boxes },
      { to: "/settings", label: "Settings", Icon: Settings, keys: "g s" },
    ],
  },
];

export const entries = sections.flatMap((section) => section.entries);
