import { Link } from "@tanstack/react-router";
import { EmptyState } from "@/shared/ui/states";

export function NotFound() {
  return (
    <main>
      <EmptyState title="There is no page at this address">
        <Link to="/" className="text-accent underline">
          Go to the overview
        </Link>
      </EmptyState>
    </main>
  );
}
