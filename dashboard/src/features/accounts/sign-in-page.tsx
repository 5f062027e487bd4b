import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearch } from "@tanstack/react-router";
import { oidcUrl, sessionQuery, signIn } from "@/shared/api/session";
import { buttonStyle } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/states";
import { AccountForm, inside } from "./account-form";
import { Frame } from "./frame";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const { data: session, error, refetch } = useQuery(sessionQuery);
  if (session?.setupNeeded) return <Navigate to="/setup" />;
  if (session?.user) return <Navigate to={inside(next)} />;
  return (
    <Frame title="Sign in" note="To the dashboard of this gateway.">
      {error && <ErrorState error={error} retry={() => void refetch()} />}
      <AccountForm fresh={false} verb="Sign in" act={({ email, password }) => signIn({ email, password })} next={next} />
      {session && session.oidc.length > 0 && (
        <div className="mt-4 space-y-2 border-t border-line pt-4">
          {session.oidc.map(({ id, title }) => (
            <a key={id} href={oidcUrl(id)} className={buttonStyle({ className: "w-full" })}>
              Continue with {title}
            </a>
          ))}
        </div>
      )}
      {session?.signupOpen && (
        <p className="mt-4 text-ink-2">
          New here?{" "}
          <Link to="/sign-up" className="text-accent underline">
            Sign up
          </Link>
        </p>
      )}
    </Frame>
  );
}
