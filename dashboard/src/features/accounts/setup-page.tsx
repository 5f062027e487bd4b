import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useState } from "react";
import { sessionQuery, setUp } from "@/shared/api/session";
import { TextField } from "@/shared/ui/field";
import { AccountForm } from "./account-form";
import { Frame } from "./frame";
import { useLinkSecret } from "./secret-link";

/** The owner's account, with the token that the gateway printed when it started. */
export function SetupPage() {
  const given = useLinkSecret("token");
  const [token, setToken] = useState(given);
  const { data: session } = useQuery(sessionQuery);
  if (session && !session.setupNeeded) return <Navigate to={session.user ? "/" : "/sign-in"} search={{}} />;
  return (
    <Frame title="Create the first account" note="It will own this gateway.">
      {!given && (
        <div className="mb-3">
          <TextField
            label="Setup token"
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.target.value)}
            hint="Printed in the terminal when the gateway started, as part of a link."
          />
        </div>
      )}
      <AccountForm fresh verb="Create account" act={(entered) => setUp({ ...entered, token })} />
    </Frame>
  );
}
