import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PageTitle } from "../parts/page-title.tsx";
import { sendJson } from "../server/send-json.ts";
import styles from "./account.module.css";
import { Form } from "./form.tsx";
import { mailedToken } from "./mailed-link.ts";

/** By a button, so that a mail program which looks at links changes nothing. */
export function ConfirmEmailPage() {
  const [token] = useState(mailedToken);
  const confirm = useMutation({ mutationFn: () => sendJson("/api/v1/auth/confirm-email", { token }) });
  return (
    <div className={styles.narrow}>
      <PageTitle title="Your new address" />
      {confirm.isSuccess ? (
        <p role="status">
          It counts from now on, also for signing in. <Link to="/account">Your account</Link>
        </p>
      ) : token === undefined ? (
        <p role="alert">This address lacks what the mailed link carries. Open the link itself.</p>
      ) : (
        <Form
          action="Change the address"
          sending={confirm.isPending}
          error={confirm.error}
          onSend={() => confirm.mutate()}
        >
          {null}
        </Form>
      )}
    </div>
  );
}
