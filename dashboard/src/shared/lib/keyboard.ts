import { useEffect, useRef } from "react";

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export const shortcutsOn = () => localStorage.getItem("shortcuts") !== "off";
export const switchShortcuts = (on: boolean) => localStorage.setItem("shortcuts", on ? "on" : "off");

type Actions = Record<string, () => void>;

/** Single keys and sequences such as `g o`. Silent while somebody types, or when switched off. */
export function useShortcuts(actions: Actions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let before = "";
    let forget = 0;
    function pressed(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !shortcutsOn()) return;
      const action = latest.current[`${before} ${event.key}`] ?? latest.current[event.key];
      before = event.key;
      clearTimeout(forget);
      forget = window.setTimeout(() => (before = ""), 800);
      if (!action) return;
      event.preventDefault();
      action();
    }
    addEventListener("keydown", pressed);
    return () => {
      clearTimeout(forget);
      removeEventListener("keydown", pressed);
    };
  }, []);
}
