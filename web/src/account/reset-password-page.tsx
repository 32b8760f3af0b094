import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PageTitle } from "../parts/page-title.tsx";
import { sendJson } from "../server/send-json.ts";
import styles from "./account.module.css";
import { EmailField, PasswordField } from "./fields.tsx";
import { Form } from "./form.tsx";
import { LetterSent } from "./letter-sent.tsx";
import { mailedToken } from "./mailed-link.ts";

/** Without the token of a letter it asks where to send one. */
export function ResetPasswordPage() {
  const [token] = useState(mailedToken);
  return token === undefined ? <AskForLetter /> : <SetPassword token={token} />;
}

function AskForLetter() {
  const ask = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) => sendJson("/api/v1/auth/reset-password/send", fields),
  });
  if (ask.isSuccess) return <LetterSent title="Look into your mail" what="set a new password" />;
  return (
    <div className={styles.narrow}>
      <PageTitle title="Set a new password">A link is mailed to you, which counts for an hour.</PageTitle>
      <Form action="Mail the link" sending={ask.isPending} error={ask.error} onSend={ask.mutate}>
        <EmailField />
      </Form>
    </div>
  );
}

function SetPassword({ token }: { readonly token: string }) {
  const set = useMutation({
    mutationFn: ({ password }: Readonly<Record<string, string>>) =>
      sendJson("/api/v1/auth/reset-password", { token, password }),
  });
  return (
    <div className={styles.narrow}>
      <PageTitle title="Set a new password">Every device is signed out then.</PageTitle>
      {set.isSuccess ? (
        <p role="status">
          The new password counts from now on. <Link to="/sign-in">Sign in</Link>
        </p>
      ) : (
        <Form action="Set the password" sending={set.isPending} error={set.error} onSend={set.mutate}>
          <PasswordField chosen />
        </Form>
      )}
    </div>
  );
}
