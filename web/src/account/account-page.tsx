import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { PageTitle } from "../parts/page-title.tsx";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import { devices } from "./account-queries.ts";
import styles from "./account.module.css";
import { DeviceList } from "./device-list.tsx";
import { CodeField, PasswordField } from "./fields.tsx";
import { FeedbackPanel } from "./feedback-panel.tsx";
import { Form } from "./form.tsx";
import { KeysPanel } from "./keys-panel.tsx";
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
        <ProfilePanel person={person} />
        <EmailPanel email={person.email} />
        <ChangePassword secondFactor={person.secondFactor} />
        <SecondFactorPanel on={person.secondFactor} />
        {session?.passkeys === true && knowsPasskeys() && <PasskeysPanel />}
        <Devices />
        <KeysPanel />
        <FeedbackPanel />
        <OwnDataPanel />
      </div>
    </>
  );
}

function ChangePassword({ secondFactor }: { readonly secondFactor: boolean }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) => sendJson("/api/v1/account/password", fields),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: devices.queryKey }),
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
        </Form>
        {change.isSuccess && <p role="status">Changed; every other device is signed out.</p>}
      </div>
    </Panel>
  );
}

function Devices() {
  const queryClient = useQueryClient();
  const { data, error } = useQuery(devices);
  const end = useMutation({
    mutationFn: (id: string) => sendJson(`/api/v1/account/sessions/${id}`, undefined, "DELETE"),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: devices.queryKey }),
  });
  const endAll = useMutation({
    mutationFn: () => sendJson("/api/v1/account/sessions", undefined, "DELETE"),
    onSuccess: () => location.assign("/sign-in"),
  });
  return (
    <Panel title="Where you are signed in">
      <div className={styles.inside}>
        {(error ?? end.error) !== null && <p role="alert">{(error ?? end.error)?.message}</p>}
        <DeviceList label="Sessions" devices={data} onEnd={end.mutate} />
        <Button size="sm" variant="default" loading={endAll.isPending} onClick={() => endAll.mutate()}>
          Sign out everywhere
        </Button>
      </div>
    </Panel>
  );
}
