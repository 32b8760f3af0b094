import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import styles from "./account.module.css";
import { EmailField, ProofFields } from "./fields.tsx";
import { AskFirst } from "./ask-first.tsx";
import { Form } from "./form.tsx";
import { WhereLettersGo } from "./where-letters-go.tsx";

type Fields = Readonly<Record<string, string>>;

/** Another address for the account, which is asked for a word first. */
export function EmailPanel({ email }: { readonly email: string }) {
  const ask = useMutation({ mutationFn: (fields: Fields) => sendJson("/api/v1/account/email", fields) });
  return (
    <Panel title="E-mail address" aside={email}>
      <div className={styles.inside}>
        {ask.isSuccess ? (
          <>
            <p role="status">
              A letter is on its way to the new address. Open its link, and the address is changed; signing in by
              another&apos;s word ends then.
            </p>
            <WhereLettersGo />
          </>
        ) : (
          <Form action="Mail a link there" sending={ask.isPending} error={ask.error} onSend={ask.mutate}>
            <EmailField label="New e-mail address" />
            <ProofFields />
          </Form>
        )}
      </div>
    </Panel>
  );
}

/** What is kept about somebody, to take along or to remove. */
export function OwnDataPanel() {
  const [sure, setSure] = useState(false);
  const remove = useMutation({
    mutationFn: (fields: Fields) => sendJson("/api/v1/account/delete", fields),
    onSuccess: () => location.assign("/sign-in?problem=account_deleted"),
  });
  return (
    <Panel title="Your data">
      <div className={styles.inside}>
        <p>
          <a className={styles.link} href="/api/v1/account/export" download>
            Download all that is kept about you
          </a>
          , as JSON: your profile, sessions, keys, stars, comments, flags and what the audit log says you did.
        </p>
        <div>
          <Button size="sm" variant="default" onClick={() => setSure(true)}>
            Delete my account…
          </Button>
        </div>
        <AskFirst
          title="Delete your account"
          action="Delete my account"
          open={sure}
          sending={remove.isPending}
          error={remove.error}
          onSend={remove.mutate}
          onClose={() => setSure(false)}
        >
          <p>
            Your account, sessions, keys and passkeys are gone then. Stars, comments and flags stay, and nobody can tell
            that they were yours.
          </p>
          <ProofFields />
        </AskFirst>
      </div>
    </Panel>
  );
}
