import { Link } from "@tanstack/react-router";
import { signUp } from "@/shared/api/session";
import { AccountForm } from "./account-form";
import { Frame } from "./frame";
import { useLinkSecret } from "./secret-link";

export function SignUpPage() {
  const invite = useLinkSecret("invite");
  return (
    <Frame title="Sign up" note={invite ? "You were invited to this gateway." : "Create an account on this gateway."}>
      <AccountForm fresh verb="Create account" act={(entered) => signUp({ ...entered, invite })} />
      <p className="mt-4 text-ink-2">
        Already have an account?{" "}
        <Link to="/sign-in" search={{}} className="text-accent underline">
          Sign in
        </Link>
      </p>
    </Frame>
  );
}
