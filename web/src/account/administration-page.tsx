import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { PageTitle } from "../parts/page-title.tsx";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { invitations, people } from "./account-queries.ts";
import styles from "./account.module.css";
import { AuditPanel, DenialsPanel } from "./audit-panel.tsx";
import { EmailField } from "./fields.tsx";
import { Form } from "./form.tsx";
import { WallTime } from "../parts/wall-time.tsx";

const ROLES = ["member", "analyst", "service", "admin"] as const;
const TIERS = ["free", "pro", "power"] as const;

/** People, invitations and who did what. The shell lets nobody here who may not. */
export function AdministrationPage() {
  return (
    <>
      <PageTitle title="Administration">Who has an account, and who changed what.</PageTitle>
      <div className={styles.panels}>
        <People />
        <Invitations />
        <AuditPanel />
        <DenialsPanel />
      </div>
    </>
  );
}

function People() {
  const [text, setText] = useState("");
  const { data, error } = useQuery(people(text));
  return (
    <Panel title="People">
      <div className={styles.inside}>
        <label className={styles.search}>
          Find by name or address
          <input type="search" value={text} onChange={({ target }) => setText(target.value)} />
        </label>
        {error !== null && <p role="alert">{error.message}</p>}
        <ul className={styles.list} aria-label="People">
          {data?.people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
        {data?.people.length === 0 && <p>{text === "" ? "Nobody has an account yet." : "Nobody is called so."}</p>}
        {data?.more === true && <p>More than fit here: find them by name.</p>}
      </div>
    </Panel>
  );
}

function PersonRow({ person }: { readonly person: accounts.Person }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (wanted: Partial<Pick<accounts.Person, "role" | "tier" | "blocked" | "secondFactor">>) =>
      sendJson(`/api/v1/people/${person.id}`, wanted, "PATCH"),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["people"] }),
  });
  const { name, email, role, tier, blocked, secondFactor } = person;
  return (
    <li>
      <span className={styles.grow}>
        <strong>{name}</strong> {email} {blocked && "· kept out"}
        {change.error !== null && <span role="alert"> {change.error.message}</span>}
      </span>
      <Choice label={`Role of ${name}`} value={role} all={ROLES} onChoose={(one) => change.mutate({ role: one })} />
      <Choice label={`Tier of ${name}`} value={tier} all={TIERS} onChoose={(one) => change.mutate({ tier: one })} />
      {secondFactor && (
        <Button size="sm" variant="default" onClick={() => change.mutate({ secondFactor: false })}>
          Ask for no code
        </Button>
      )}
      <Button size="sm" variant="default" onClick={() => change.mutate({ blocked: !blocked })}>
        {blocked ? "Let in again" : "Keep out"}
      </Button>
    </li>
  );
}

type ChoiceProps<Name extends string> = {
  readonly label: string;
  readonly value: Name;
  readonly all: readonly Name[];
  readonly onChoose: (name: Name) => void;
};

function Choice<Name extends string>({ label, value, all, onChoose }: ChoiceProps<Name>) {
  const choose = (wanted: string): void => {
    const known = all.find((name) => name === wanted);
    if (known !== undefined) onChoose(known);
  };
  return (
    <select className={styles.select} aria-label={label} value={value} onChange={({ target }) => choose(target.value)}>
      {all.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}

function Invitations() {
  const queryClient = useQueryClient();
  const { data } = useQuery(invitations);
  const invite = useMutation({
    mutationFn: (fields: Readonly<Record<string, string>>) => sendJson("/api/v1/invitations", fields),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: invitations.queryKey }),
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => sendJson(`/api/v1/invitations/${id}`, undefined, "DELETE"),
    onSettled: () => queryClient.invalidateQueries({ queryKey: invitations.queryKey }),
  });
  return (
    <Panel title="Invitations">
      <div className={styles.inside}>
        <Form action="Mail an invitation" sending={invite.isPending} error={invite.error} onSend={invite.mutate}>
          <EmailField />
          <label className={styles.search}>
            Role
            <select name="role" className={styles.select}>
              {ROLES.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        </Form>
        <ul className={styles.list} aria-label="Invitations that wait">
          {data?.invitations.map(({ id, email, role, expiresAt }) => (
            <li key={id}>
              <span className={styles.grow}>
                {email} · {role} · until <WallTime at={expiresAt} />
              </span>
              <Button size="sm" variant="default" onClick={() => withdraw.mutate(id)}>
                Take back
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
