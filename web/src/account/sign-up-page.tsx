import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { accounts } from "#contract";
import { PageTitle } from "../parts/page-title.tsx";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import styles from "./account.module.css";
import { EmailField, NameField, PasswordField } from "./fields.tsx";
import { Form } from "./form.tsx";
import { LetterSent } from "./letter-sent.tsx";
import { mailedLink } from "./mailed-link.ts";

export function SignUpPage() {
  const session = useSession();
  const [invited] = useState(mailedLink);
  const invitation = invited?.token;
  const signUp = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) =>
      sendJson<accounts.SignUpAnswer>("/api/v1/auth/sign-up", {
        ...fields,
        ...(invitation !== undefined && { invitation }),
      }),
    onSuccess: ({ next }) => {
      if (next === "signed-in") location.assign("/account");
    },
  });
  const isOperator = session?.role === "operator";
  const registration = session?.registration;
  const closed = !isOperator && (registration === "closed" || (registration === "invite" && invitation === undefined));
  if (signUp.data?.next === "confirm-email") return <LetterSent title="Nearly done" what="confirm your address" />;
  return (
    <div className={styles.narrow}>
      <PageTitle title="Make an account">
        {isOperator && invitation === undefined && "You are the operator: this makes an administrator's account."}
        {typeof invited?.email === "string" && `You are invited: it is for ${invited.email}.`}
      </PageTitle>
      {closed ? (
        <p>
          {registration === "closed"
            ? "The operator alone makes accounts here. "
            : "Accounts are made by invitation here. Ask an administrator for one, or "}
          {registration === "closed" ? "With one you can " : null}
          <Link to="/sign-in">sign in</Link>.
        </p>
      ) : (
        <Form action="Make the account" sending={signUp.isPending} error={signUp.error} onSend={signUp.mutate}>
          <NameField />
          {invitation === undefined && <EmailField />}
          <PasswordField chosen />
        </Form>
      )}
    </div>
  );
}
