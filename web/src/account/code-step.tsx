import { useMutation } from "@tanstack/react-query";
import { PageTitle } from "../parts/page-title.tsx";
import { sendJson } from "../server/send-json.ts";
import styles from "./account.module.css";
import { CodeField } from "./fields.tsx";
import { Form } from "./form.tsx";

/** The second step of signing in. */
export function CodeStep({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const verify = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) => sendJson("/api/v1/auth/second-factor", fields),
    onSuccess: onSignedIn,
  });
  return (
    <div className={styles.narrow}>
      <PageTitle title="Your code">The one that your app shows now, or a recovery code.</PageTitle>
      <Form action="Go on" sending={verify.isPending} error={verify.error} onSend={verify.mutate}>
        <CodeField label="Code" />
      </Form>
    </div>
  );
}
