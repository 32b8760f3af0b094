import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PageTitle } from "../parts/page-title.tsx";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import { apiKeys, devices, methods, passkeys } from "./account-queries.ts";
import styles from "./account.module.css";
import { AskFirst } from "./ask-first.tsx";
import { DeviceList } from "./device-list.tsx";
import { CodeField, PasswordField } from "./fields.tsx";
import { FeedbackPanel } from "./feedback-panel.tsx";
import { Form } from "./form.tsx";
import { KeysPanel } from "./keys-panel.tsx";
import { MethodsPanel } from "./methods-panel.tsx";
import { EmailPanel, OwnDataPanel } from "./own-data-panel.tsx";
import { PasskeysPanel } from "./passkeys-panel.tsx";
import { knowsPasskeys } from "./passkeys.ts";
import { ProfilePanel } from "./profile-panel.tsx";
import { SecondFactorPanel } from "./second-factor-panel.tsx";

/** One's own account. The shell lets nobody here who has none. */
export function AccountPage() {
  const session = useSession();
  const person = session?.person;
  if (person === undefined || person === null) return null;
  return (
    <>
      <PageTitle title="Your account">
        {person.email} · {person.role} · {person.tier}
      </PageTitle>
      <div className={styles.columns}>
        <div>
          <ProfilePanel person={person} />
          <EmailPanel email={person.email} />
          <ChangePassword secondFactor={person.secondFactor} />
          <FeedbackPanel />
          <OwnDataPanel />
        </div>
        <div>
          <SecondFactorPanel on={person.secondFactor} />
          {session?.passkeys === true && knowsPasskeys() && <PasskeysPanel />}
          <MethodsPanel />
          <Devices />
          <KeysPanel />
        </div>
      </div>
    </>
  );
}

function ChangePassword({ secondFactor }: { readonly secondFactor: boolean }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: ({ endKeys, ...fields }: Readonly<Record<string, string>>) =>
      sendJson("/api/v1/account/password", { ...fields, endKeys: endKeys !== undefined }),
    onSuccess: () =>
      Promise.all(
        [devices, apiKeys, passkeys, methods].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })),
      ),
  });
  return (
    <Panel title="Password">
      <div className={styles.inside}>
        <Form
          key={change.isSuccess ? change.submittedAt : 0}
          action="Change the password"
          sending={change.isPending}
          error={change.error}
          onSend={change.mutate}
        >
          <PasswordField chosen={false} name="current" />
          <PasswordField chosen />
          {secondFactor && <CodeField label="A code of your app, or a recovery code" />}
          <EndKeys />
        </Form>
        {change.isSuccess && <p role="status">Changed; every other device is signed out.</p>}
      </div>
    </Panel>
  );
}

/** Whoever fears that somebody else was in the account wants nothing to go on that was made there. */
function EndKeys() {
  return (
    <label className={styles.check}>
      <input type="checkbox" name="endKeys" />
      <span>End my keys, my passkeys, and signing in by another&apos;s word as well</span>
    </label>
  );
}

function Devices() {
  const queryClient = useQueryClient();
  const { data, error } = useQuery(devices);
  const end = useMutation({
    mutationFn: (id: string) => sendJson(`/api/v1/account/sessions/${id}`, undefined, "DELETE"),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: devices.queryKey }),
  });
  const [asking, setAsking] = useState(false);
  const endAll = useMutation({
    mutationFn: ({ endKeys }: Readonly<Record<string, string>>) =>
      sendJson(`/api/v1/account/sessions?keys=${endKeys !== undefined}`, undefined, "DELETE"),
    onSuccess: () => location.assign("/sign-in"),
  });
  return (
    <Panel title="Where you are signed in">
      <div className={styles.inside}>
        {(error ?? end.error) !== null && <p role="alert">{(error ?? end.error)?.message}</p>}
        <DeviceList label="Sessions" devices={data} onEnd={end.mutate} />
        <Button size="sm" variant="default" onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
        <AskFirst
          title="Sign out everywhere"
          action="Sign out"
          open={asking}
          sending={endAll.isPending}
          error={endAll.error}
          onSend={endAll.mutate}
          onClose={() => setAsking(false)}
        >
          <p>Every browser has to sign in again, this one as well.</p>
          <EndKeys />
          <p>Without a password you then come back in by a link to your e-mail address, or by whoever proves it.</p>
        </AskFirst>
      </div>
    </Panel>
  );
}
