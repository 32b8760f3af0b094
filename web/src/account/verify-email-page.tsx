import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PageTitle } from "../parts/page-title.tsx";
import { sendJson } from "../server/send-json.ts";
import styles from "./account.module.css";
import { EmailField } from "./fields.tsx";
import { Form } from "./form.tsx";
import { mailedToken } from "./mailed-link.ts";

/** By a button, so that a mail program which looks at links confirms nothing. */
export function VerifyEmailPage() {
  const [token] = useState(mailedToken);
  const verify = useMutation({ mutationFn: () => sendJson("/api/v1/auth/verify-email", { token }) });
  const again = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) => sendJson("/api/v1/auth/verify-email/send", fields),
  });
  return (
    <div className={styles.narrow}>
      <PageTitle title="Confirm your address" />
      {verify.isSuccess ? (
        <p role="status">
          Your address is confirmed. <Link to="/sign-in">Sign in</Link>
        </p>
      ) : token === undefined || verify.isError ? (
        <>
          {verify.isError && <p role="alert">{verify.error.message}</p>}
          {again.isSuccess ? (
            <p role="status">A letter is on its way, if it is needed.</p>
          ) : (
            <Form action="Mail another link" sending={again.isPending} error={again.error} onSend={again.mutate}>
              <EmailField />
            </Form>
          )}
        </>
      ) : (
        <Form action="Confirm" sending={verify.isPending} error={null} onSend={() => verify.mutate()}>
          {null}
        </Form>
      )}
    </div>
  );
}
