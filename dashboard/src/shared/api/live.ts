import { useEffect, useRef, useState } from "react";
import { gatewayUrl } from "@/shared/lib/base";
import type { Row, Verdict } from "./records";

interface Watched {
  kid?: string | undefined;
  verdict?: Verdict | undefined;
}

/** Calls `onRecord` for each exchange as it ends, while `on`. Tells whether the stream is open. */
export function useLive(on: boolean, { kid, verdict }: Watched, onRecord: (record: Row) => void): boolean {
  const [open, setOpen] = useState(false);
  const latest = useRef(onRecord);
  useEffect(() => {
    latest.current = onRecord;
  });
  useEffect(() => {
    if (!on) return;
    const url = new URL(`${gatewayUrl}/api/dashboard/live`);
    if (kid) url.searchParams.set("kid", kid);
    if (verdict) url.searchParams.set("verdict", verdict);
    const source = new EventSource(url);
    source.onopen = () => setOpen(true);
    source.onerror = () => setOpen(false);
    source.addEventListener("record", (event: MessageEvent<string>) =>
      latest.current(JSON.parse(event.data) as Row),
    );
    return () => {
      source.close();
      setOpen(false);
    };
  }, [on, kid, verdict]);
  return open;
}
