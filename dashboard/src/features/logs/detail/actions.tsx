import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FlaskConical, ThumbsDown } from "lucide-react";
import { markQuery, useMark, type Row } from "@/shared/api/records";
import { gatewayUrl } from "@/shared/lib/base";
import { Button, buttonStyle } from "@/shared/ui/button";
import { CopyButton } from "@/shared/ui/copy";
import { useTell } from "@/shared/ui/toast";

export function Actions({ record }: { record: Row }) {
  const mark = useQuery(markQuery(record.id));
  const change = useMark(record.id);
  const tell = useTell();
  const marked = mark.data?.false_positive ?? false;

  function toggle() {
    change.mutate(!marked, {
      onSuccess: () =>
        tell(marked ? "Mark removed" : "Marked as a false positive", () => change.mutate(marked)),
      onError: (error) => tell(error.message),
    });
  }
  return (
    <div className="flex flex-wrap gap-2">
      {record.verdict !== "allow" && (
        <Button aria-pressed={marked} disabled={mark.isPending || change.isPending} onClick={toggle}>
          <ThumbsDown aria-hidden /> {marked ? "Marked false positive" : "Mark false positive"}
        </Button>
      )}
      <Link to="/playground" search={{}} className={buttonStyle()}>
        <FlaskConical aria-hidden /> Open in playground
      </Link>
      <CopyButton text={curl(record)} label="Copy as cURL" />
      <CopyButton text={record.id} label="Copy ID" />
    </div>
  );
}

const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request in outline: its text was not kept, and the key is the caller's own. */
function curl(record: Row): string {
  const body = JSON.stringify({ model: record.requested_model, messages: [{ role: "user", content: "…" }] });
  return `curl ${gatewayUrl}/v1/chat/completions \\
  -H "Authorization: Bearer $GATEWAY_KEY" \\
  -H "Content-Type: application/json" \\
  -d ${shell(body)}`;
}
