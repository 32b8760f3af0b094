import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { SignInAnswer } from "#contract";
import { PageTitle } from "../parts/page-title.tsx";
import { codeOf } from "../server/fetch-json.ts";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import styles from "./account.module.css";
import { CodeStep } from "./code-step.tsx";
import { problemText, ProviderButton } from "./providers.tsx";
import { EmailField, PasswordField } from "./fields.tsx";
import { Form } from "./form.tsx";
import { knowsPasskeys, signInByPasskey } from "./passkeys.ts";
import { returnAddress } from "./return-address.ts";

export function SignInPage() {
  const { to, step, problem } = useSearch({ from: "/sign-in" });
  const session = useSession();
  // Loaded anew: what was read and the streams belong to whoever was here before.
  const goOn = () => location.assign(returnAddress(to));
  const signIn = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) => sendJson<SignInAnswer>("/api/v1/auth/sign-in", fields),
    onSuccess: ({ next }) => {
      if (next === "signed-in") goOn();
    },
  });
  const byPasskey = useMutation({ mutationFn: signInByPasskey, onSuccess: goOn });
  if (step === "code" || signIn.data?.next === "second-factor") return <CodeStep onSignedIn={goOn} />;
  return (
    <div className={styles.narrow}>
      <PageTitle title="Sign in">
        {session?.person && (
          <>
            You are signed in as {session.person.name}. <a href={returnAddress(to)}>Go on</a>, or sign in as somebody
            else.
          </>
        )}
      </PageTitle>
      {problem !== undefined && (
        <p className={styles.trouble} role="alert">
          {problemText(problem)}
        </p>
      )}
      <Form action="Sign in" sending={signIn.isPending} error={signIn.error ?? byPasskey.error} onSend={signIn.mutate}>
        <EmailField />
        <PasswordField chosen={false} />
      </Form>
      {session?.passkeys === true && knowsPasskeys() && (
        <div className={styles.below}>
          <Button size="md" variant="default" loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
            Sign in by a passkey
          </Button>
        </div>
      )}
      {session?.providers.map((provider) => (
        <ProviderButton key={provider.id} {...provider} to={returnAddress(to)} />
      ))}
      <p className={styles.below}>
        {codeOf(signIn.error) === "AUTH_EMAIL_UNVERIFIED" && <Link to="/verify-email">Have another letter sent</Link>}
        <Link to="/reset-password">Forgot the password?</Link>
        {session?.registration === "open" && <Link to="/sign-up">Make an account</Link>}
      </p>
    </div>
  );
}
