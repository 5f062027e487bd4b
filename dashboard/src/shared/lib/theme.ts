import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const root = document.documentElement;
const current = (): Theme => (root.dataset["theme"] === "dark" ? "dark" : "light");

function watch(changed: () => void) {
  const observer = new MutationObserver(changed);
  observer.observe(root, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

export const useTheme = () => useSyncExternalStore(watch, current);

/** Chooses a theme for this browser; without one, theme.js follows the system. */
export function chooseTheme(theme: Theme | "system"): void {
  if (theme === "system") localStorage.removeItem("theme");
  else localStorage.setItem("theme", theme);
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset["theme"] = theme === "system" ? system : theme;
}

export const chosenTheme = (): Theme | "system" => {
  const stored = localStorage.getItem("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
};
