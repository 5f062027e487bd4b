import { useLocation } from "@tanstack/react-router";

/** A one-time secret of the link that was opened. It stands behind the #, which no server sees. */
export function useLinkSecret(name: "token" | "invite"): string {
  const hash = useLocation({ select: (location) => location.hash });
  return new URLSearchParams(hash).get(name) ?? "";
}
