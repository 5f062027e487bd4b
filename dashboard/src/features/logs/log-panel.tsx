import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { keysQuery } from "@/shared/api/keys";
import { recordQuery } from "@/shared/api/records";
import { useShortcuts } from "@/shared/lib/keyboard";
import { full } from "@/shared/lib/time";
import { Sheet } from "@/shared/ui/sheet";
import { Shown } from "@/shared/ui/states";
import { useTell } from "@/shared/ui/toast";
import { Actions } from "./detail/actions";
import { Content } from "./detail/content";
import { Facts } from "./detail/facts";
import { Pipeline } from "./detail/pipeline";
import { Why } from "./detail/why";

/** One exchange, at its own address, beside the list it was found in. */
export function LogPanel() {
  const { id } = useParams({ from: "/inside/logs/$id" });
  const search = useSearch({ from: "/inside/logs" });
  const navigate = useNavigate();
  const tell = useTell();
  const query = useQuery(recordQuery(id));
  const keys = useQuery(keysQuery);
  useShortcuts({
    c: () => void navigator.clipboard.writeText(id).then(() => tell("Request ID copied")),
  });
  useEffect(() => () => document.getElementById(`row-${id}`)?.querySelector("a")?.focus(), [id]);
  return (
    <Sheet
      title={id}
      note={query.data ? full(query.data.time) : "One exchange"}
      onClose={() => void navigate({ to: "/logs", search })}
    >
      <Shown query={query}>
        {(record) => {
          const key = keys.data?.find((one) => one.kid === record.kid);
          return (
            <div className="space-y-5">
              <Why record={record} />
              <Actions record={record} />
              <Pipeline record={record} />
              <Content record={record} />
              <Facts record={record} name={key?.name || record.kid} last4={key?.last4} />
            </div>
          );
        }}
      </Shown>
    </Sheet>
  );
}
