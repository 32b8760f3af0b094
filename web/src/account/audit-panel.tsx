import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Panel } from "../parts/panel.tsx";
import { type AuditWanted, auditLog, denials } from "./account-queries.ts";
import styles from "./account.module.css";
import { useSettled } from "./use-settled.ts";
import { WallTime } from "../parts/wall-time.tsx";

const RENEW_EVERY_MS = 5_000;

const FIELDS = [
  ["action", "Action, or its beginning", "key."],
  ["target", "Target", "person 4f…"],
  ["personId", "Id of who did it", ""],
  ["address", "Address", "192.0.2.1"],
] as const;

/** Who changed what: searched by what is typed, page by page. */
export function AuditPanel() {
  const [wanted, setWanted] = useState<AuditWanted>({});
  const [pages, setPages] = useState<readonly string[]>([]);
  // What is being typed is asked for once it stands still.
  const settled = useSettled(wanted);
  const { data, error } = useQuery({
    ...auditLog({ ...settled, pageToken: pages.at(-1) }),
    placeholderData: keepPreviousData,
    // What is done here, or elsewhere, comes in by itself.
    refetchInterval: RENEW_EVERY_MS,
  });
  const next = data?.nextPageToken;
  const look = (name: string, text: string): void => {
    setPages([]);
    setWanted({ ...wanted, [name]: text.trim() });
  };
  return (
    <Panel title="Audit log" aside="newest first">
      <div className={styles.inside}>
        <div className={styles.searches}>
          {FIELDS.map(([name, label, example]) => (
            <label key={name} className={styles.search}>
              {label}
              <input type="search" placeholder={example} onChange={({ target }) => look(name, target.value)} />
            </label>
          ))}
          <Day label="From (UTC)" onChoose={(day) => look("from", day === "" ? "" : `${day}T00:00:00Z`)} />
          <Day label="Until the end of (UTC)" onChoose={(day) => look("to", day === "" ? "" : endOf(day))} />
        </div>
        {error !== null && <p role="alert">{error.message}</p>}
        <ul className={styles.list} aria-label="Audit log">
          {data?.entries.map(({ id, at, role, personId, personName, action, target, address, requestId, details }) => (
            <li key={id}>
              <span className={styles.grow}>
                <WallTime at={at} /> · {role} {personName ?? (personId !== null && <code>{personId.slice(0, 8)}</code>)}{" "}
                · <strong>{action}</strong> {inWords(details)} · {target} · {address ?? "no address"}
                <details className={styles.small}>
                  <summary>Ids</summary>
                  <pre>{JSON.stringify({ personId, requestId }, undefined, 2)}</pre>
                </details>
              </span>
            </li>
          ))}
        </ul>
        {data?.entries.length === 0 && <p>Nothing of this kind was done.</p>}
        <div className={styles.below}>
          {pages.length > 0 && (
            <button type="button" className={styles.select} onClick={() => setPages(pages.slice(0, -1))}>
              Newer
            </button>
          )}
          {typeof next === "string" && (
            <button type="button" className={styles.select} onClick={() => setPages([...pages, next])}>
              Older
            </button>
          )}
        </div>
      </div>
    </Panel>
  );
}

/** What is told beside an action, in a line. */
function inWords(details: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(details).map(
    ([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return parts.length === 0 ? "" : `(${parts.join(", ")})`;
}

function Day({ label, onChoose }: { readonly label: string; readonly onChoose: (day: string) => void }) {
  return (
    <label className={styles.search}>
      {label}
      <input type="date" onChange={({ target }) => onChoose(target.value)} />
    </label>
  );
}

function endOf(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
}

/** Who was refused what. */
export function DenialsPanel() {
  const { data, error } = useQuery(denials);
  return (
    <Panel title="Refused" aside="counted by the hour">
      <div className={styles.inside}>
        {error !== null && <p role="alert">{error.message}</p>}
        <ul className={styles.list} aria-label="Refused">
          {data?.denials.map(
            ({ address, role, personId, route, code, count, firstAt, lastAt, lastTarget, lastRequestId }) => (
              <li key={`${address} ${role} ${personId} ${route} ${code} ${firstAt}`}>
                <span className={styles.grow}>
                  <WallTime at={lastAt} /> · {role} {personId !== null && <code>{personId.slice(0, 8)}</code>} ·{" "}
                  {address} · <code>{route}</code> · {code}
                  {lastTarget !== null && ` · ${lastTarget}`}
                  {lastRequestId !== null && (
                    <>
                      {" "}
                      · request <code>{lastRequestId}</code>
                    </>
                  )}
                </span>
                <span>{count === 1 ? "once" : `${count} times`}</span>
              </li>
            ),
          )}
        </ul>
        {data?.denials.length === 0 && <p>Nobody was refused anything yet.</p>}
      </div>
    </Panel>
  );
}
