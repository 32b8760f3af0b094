import { Button } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { accounts } from "#contract";
import { PageTitle } from "../parts/page-title.tsx";
import { Panel } from "../parts/panel.tsx";
import { sendJson } from "../server/send-json.ts";
import { useSession } from "../server/use-session.ts";
import { invitations, operatorDevices, people } from "./account-queries.ts";
import styles from "./account.module.css";
import { AuditPanel, DenialsPanel } from "./audit-panel.tsx";
import { AskFirst } from "./ask-first.tsx";
import { DeviceList } from "./device-list.tsx";
import { EmailField, ProofFields } from "./fields.tsx";
import { Form } from "./form.tsx";
import { TiersPanel } from "./tiers-panel.tsx";
import { useSettled } from "./use-settled.ts";
import { WhereLettersGo } from "./where-letters-go.tsx";
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
        <TiersPanel />
        <OperatorDevices />
        <AuditPanel />
        <DenialsPanel />
      </div>
    </>
  );
}

function People() {
  const [text, setText] = useState("");
  const [page, setPage] = useState(1);
  const { data, error } = useQuery({ ...people(useSettled(text), page), placeholderData: keepPreviousData });
  const find = (typed: string): void => {
    setText(typed);
    setPage(1);
  };
  return (
    <Panel title="People">
      <div className={styles.inside}>
        <label className={styles.search}>
          Find by name or address
          <input type="search" value={text} onChange={({ target }) => find(target.value)} />
        </label>
        {error !== null && <p role="alert">{error.message}</p>}
        <ul className={styles.list} aria-label="People">
          {data?.people.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
        {data?.people.length === 0 && <p>{text === "" ? "Nobody has an account yet." : "Nobody is called so."}</p>}
        <div className={styles.below}>
          {page > 1 && (
            <button type="button" className={styles.select} onClick={() => setPage(page - 1)}>
              Newer
            </button>
          )}
          {data?.more === true && (
            <button type="button" className={styles.select} onClick={() => setPage(page + 1)}>
              Older
            </button>
          )}
        </div>
      </div>
    </Panel>
  );
}

type Proof = { readonly password?: string; readonly code?: string };
type Change = Partial<Pick<accounts.Person, "role" | "tier" | "blocked" | "secondFactor">>;

function PersonRow({ person }: { readonly person: accounts.Person }) {
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<Change>();
  const change = useMutation({
    mutationFn: (wanted: Change & Proof) => sendJson(`/api/v1/people/${person.id}`, wanted, "PATCH"),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["people"] }),
    onSuccess: () => setAsked(undefined),
  });
  const { name, email, role, tier, blocked, secondFactor } = person;
  const askOrDo = (wanted: Change): void =>
    wordsOf(wanted, name) === undefined ? change.mutate(wanted) : setAsked(wanted);
  const words = asked === undefined ? undefined : wordsOf(asked, name);
  const needsProof = asked?.role === "admin" || asked?.secondFactor === false;
  return (
    <li>
      <span className={styles.grow}>
        <strong>{name}</strong> {email} {blocked && "· kept out"}
        {asked === undefined && change.error !== null && <span role="alert"> {change.error.message}</span>}
      </span>
      <Choice label={`Role of ${name}`} value={role} all={ROLES} onChoose={(one) => askOrDo({ role: one })} />
      <Choice label={`Tier of ${name}`} value={tier} all={TIERS} onChoose={(one) => askOrDo({ tier: one })} />
      {secondFactor && (
        <Button size="sm" variant="default" onClick={() => askOrDo({ secondFactor: false })}>
          Turn codes off
        </Button>
      )}
      <Button size="sm" variant="default" onClick={() => askOrDo({ blocked: !blocked })}>
        {blocked ? "Let in again" : "Keep out"}
      </Button>
      <AskFirst
        title={words?.title ?? ""}
        action={words?.action ?? ""}
        open={words !== undefined}
        sending={change.isPending}
        error={change.error}
        onSend={(proof) => asked !== undefined && change.mutate({ ...proof, ...asked })}
        onClose={() => setAsked(undefined)}
      >
        <p>{words?.text}</p>
        {needsProof && <ProofFields />}
      </AskFirst>
    </li>
  );
}

/** What is said before a change that takes much, or gives much; `undefined` of any other. */
function wordsOf({ role, blocked, secondFactor }: Change, name: string) {
  if (blocked === true) {
    const text =
      "They are signed out everywhere. Their keys, passkeys, mailed links and the word of others count no more, also once they are let in again.";
    return { title: `Keep ${name} out`, action: "Keep out", text };
  }
  if (role === "admin") {
    const text =
      "They may then do all that you may: give roles, keep people out, change the source and start backfills.";
    return { title: `Make ${name} an administrator`, action: "Make an administrator", text };
  }
  if (secondFactor === false) {
    const text = "Their password alone opens the account then. Be sure that it is them who asks.";
    return { title: `Turn codes of ${name} off`, action: "Turn codes off", text };
  }
  return undefined;
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
  const closed = useSession()?.registration === "closed";
  const [role, setRole] = useState<string>("member");
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
        {closed && <p>Nobody can be invited: the operator alone makes accounts here (--registration closed).</p>}
        {!closed && <WhereLettersGo />}
        {!closed && (
          <Form action="Mail an invitation" sending={invite.isPending} error={invite.error} onSend={invite.mutate}>
            <EmailField />
            <label className={styles.search}>
              Role
              <select
                name="role"
                className={styles.select}
                value={role}
                onChange={({ target }) => setRole(target.value)}
              >
                {ROLES.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
            {role === "admin" && <ProofFields />}
          </Form>
        )}
        {data?.invitations.length === 0 && <p>No invitation waits.</p>}
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

/** Browsers that the operator's link was opened in. */
function OperatorDevices() {
  const queryClient = useQueryClient();
  const { data, error } = useQuery(operatorDevices);
  const end = useMutation({
    mutationFn: (id: string) => sendJson(`/api/v1/operator/sessions/${id}`, undefined, "DELETE"),
    onSettled: () => queryClient.invalidateQueries({ queryKey: operatorDevices.queryKey }),
  });
  const trouble = error ?? end.error;
  return (
    <Panel title="Browsers of the operator" aside="by the link that the program prints">
      <div className={styles.inside}>
        {trouble !== null && <p role="alert">{trouble.message}</p>}
        <DeviceList label="Browsers of the operator" devices={data} onEnd={end.mutate} />
        {data?.sessions.length === 0 && <p>None: the link was opened nowhere, or each was signed out.</p>}
      </div>
    </Panel>
  );
}
