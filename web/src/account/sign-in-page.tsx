import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { Session } from "#contract";
import { PageTitle } from "../parts/page-title.tsx";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import styles from "./account.module.css";
import { EmailField, PasswordField } from "./fields.tsx";
import { Form } from "./form.tsx";
import { returnAddress } from "./return-address.ts";

export function SignInPage() {
  const { to } = useSearch({ from: "/sign-in" });
  const registration = useSession()?.registration;
  const signIn = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) => sendJson<Session>("/api/v1/auth/sign-in", fields),
    // Loaded anew: what was read and the streams belong to whoever was here before.
    onSuccess: () => location.assign(returnAddress(to)),
  });
  return (
    <div className={styles.narrow}>
      <PageTitle title="Sign in" />
      <Form action="Sign in" sending={signIn.isPending} error={signIn.error} onSend={signIn.mutate}>
        <EmailField />
        <PasswordField chosen={false} />
      </Form>
      <p className={styles.below}>
        <Link to="/reset-password">Forgot the password?</Link>
        {registration === "open" && <Link to="/sign-up">Make an account</Link>}
      </p>
    </div>
  );
}
