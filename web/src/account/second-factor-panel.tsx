import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { CopyButton } from "../parts/copy-button.tsx";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { ownSession } from "../server/use-session.ts";
import { secondFactorState } from "./account-queries.ts";
import styles from "./account.module.css";
import { CodeField, ProofFields } from "./fields.tsx";
import { Form } from "./form.tsx";
import { QrCode } from "./qr-code.tsx";

const ROUTE = "/api/v1/account/second-factor";
type Fields = Readonly<Record<string, string>>;

/** Codes that are asked for beside the password: turned on with an app, told what opens the account without it. */
export function SecondFactorPanel({ on }: { readonly on: boolean }) {
  return (
    <Panel title="Codes beside the password" aside={on ? "on" : "off"}>
      <div className={styles.inside}>{on ? <TurnOff /> : <TurnOn />}</div>
    </Panel>
  );
}

function TurnOn() {
  const queryClient = useQueryClient();
  const begin = useMutation({ mutationFn: (fields: Fields) => sendJson<accounts.NewSecondFactor>(ROUTE, fields) });
  const confirm = useMutation({
    mutationFn: (fields: Fields) => sendJson(`${ROUTE}/confirm`, fields),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ownSession.queryKey }),
  });
  if (begin.data === undefined) {
    return (
      <>
        <p>An app on your phone shows a code that changes each half minute; signing in asks for it.</p>
        <Form action="Set up codes" sending={begin.isPending} error={begin.error} onSend={begin.mutate}>
          <ProofFields />
        </Form>
      </>
    );
  }
  const { uri, recoveryCodes } = begin.data;
  const secret = URL.parse(uri)?.searchParams.get("secret") ?? "";
  return (
    <>
      <p>Look at this picture with the app, or type the secret beneath it.</p>
      <QrCode text={uri} label="For your app for codes" />
      <code className={styles.told}>{secret}</code>
      <RecoveryCodes codes={recoveryCodes} />
      <Form action="Turn codes on" sending={confirm.isPending} error={confirm.error} onSend={confirm.mutate}>
        <CodeField label="The code that the app shows" />
      </Form>
    </>
  );
}

function TurnOff() {
  const queryClient = useQueryClient();
  const [what, setWhat] = useState<"end" | "recovery-codes">();
  const renew = useMutation({
    mutationFn: (fields: Fields) => sendJson<accounts.RecoveryCodes>(`${ROUTE}/recovery-codes`, fields),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: secondFactorState.queryKey }),
  });
  const end = useMutation({
    mutationFn: (fields: Fields) => sendJson(`${ROUTE}/end`, fields),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ownSession.queryKey }),
  });
  if (renew.data !== undefined) return <RecoveryCodes codes={renew.data.recoveryCodes} />;
  if (what === undefined) {
    return (
      <>
        <p>Signing in asks for a code of your app.</p>
        <CodesLeft />
        <div className={styles.below}>
          <Button size="sm" variant="default" onClick={() => setWhat("recovery-codes")}>
            Make other recovery codes
          </Button>
          <Button size="sm" variant="default" onClick={() => setWhat("end")}>
            Turn codes off
          </Button>
        </div>
      </>
    );
  }
  const { action, sent } =
    what === "end" ? { action: "Turn codes off", sent: end } : { action: "Make other recovery codes", sent: renew };
  return (
    <Form action={action} sending={sent.isPending} error={sent.error} onSend={(fields) => sent.mutate(fields)}>
      <ProofFields />
    </Form>
  );
}

/** So few that it is time for others. */
const FEW = 3;

function CodesLeft() {
  const left = useQuery(secondFactorState).data?.recoveryCodesLeft;
  if (left === undefined) return null;
  return (
    <p>
      {left === 0 ? "No recovery code is" : left === 1 ? "1 recovery code is" : `${left} recovery codes are`} left.
      {left <= FEW && " Make others while you have your app."}
    </p>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div className={styles.told} role="status">
      <p>
        Keep these: each opens your account once where you have no app. They are told this once; others made later take
        their place.
      </p>
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <CopyButton what="the recovery codes" text={codes.join("\n")} />
    </div>
  );
}
